import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { InvalidWebhook, verifyWebhook, type WebhookPost } from '../../src/index.ts';

describe('verifyWebhook', () => {
  const nowMs = 1_700_000_000_500;
  const secret = `whsec_${Buffer.from('a key of this test, 24 b').toString('base64')}`;
  const event = {
    schemaVersion: '1.3',
    id: 'evt_1',
    subject: 'bucket.sealed',
    scope: 'org_1',
    at: '2026-01-01T00:00:00.000Z',
    details: { note: 'ä' },
    addedLater: [1],
  };
  const payload = JSON.stringify(event);

  /** As the specification says it, without the code that is tested. */
  function signed({
    key = 'a key of this test, 24 b',
    at = 1_700_000_000,
    id = 'evt_1',
    body = payload,
  } = {}) {
    const hmac = createHmac('sha256', Buffer.from(key)).update(`${id}.${at}.${body}`).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${hmac}` };
  }
  const verify = (post: Partial<WebhookPost>) =>
    verifyWebhook({ payload, headers: signed(), secret, nowMs, ...post });
  function reasonOf(post: Partial<WebhookPost>): string {
    try {
      verify(post);
    } catch (error) {
      if (error instanceof InvalidWebhook) return error.reason;
      throw error;
    }
    return 'it was taken';
  }

  it('returns the event, from text and from bytes, with the headers of node and of fetch', () => {
    expect(verify({})).to.deep.equal(JSON.parse(payload));
    expect(verify({ payload: Buffer.from(payload) })).to.deep.equal(JSON.parse(payload));
    expect(verify({ headers: new Headers(signed()) })).to.deep.equal(JSON.parse(payload));
    const upper = Object.fromEntries(
      Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(verify({ headers: upper })).to.deep.equal(JSON.parse(payload));
  });

  it("agrees with the specification's own example", () => {
    const example = {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      nowMs: 1_614_265_330_000,
      payload: '{"test": 2432232314}',
    };
    // The signature fits; it is no event of ours.
    expect(reasonOf(example)).to.equal('payload');
    expect(reasonOf({ ...example, payload: '{"test": 2432232315}' })).to.equal('signature');
  });

  it('takes one fitting signature among others, and one fitting secret among others', () => {
    const good = signed()['webhook-signature'];
    const other = signed({ key: 'another' })['webhook-signature'];
    expect(
      verify({ headers: { ...signed(), 'webhook-signature': `v1a,xyz ${other} ${good}` } }),
    ).to.have.property('id');
    expect(verify({ secret: [`whsec_${btoa('another')}`, secret] })).to.have.property('id');
  });

  it('refuses what does not fit', () => {
    expect(reasonOf({ payload: payload.replace('ä', 'a') })).to.equal('signature');
    expect(reasonOf({ secret: `whsec_${btoa('another')}` })).to.equal('signature');
    expect(reasonOf({ secret: [] })).to.equal('signature');
    expect(reasonOf({ headers: { ...signed(), 'webhook-signature': 'v1,' } })).to.equal('signature');
    expect(reasonOf({ headers: { ...signed(), 'webhook-id': 'evt_2' } })).to.equal('signature');
    expect(reasonOf({ headers: { ...signed(), 'webhook-signature': undefined } })).to.equal('headers');
    expect(reasonOf({ headers: {} })).to.equal('headers');
    expect(reasonOf({ headers: { ...signed(), 'webhook-timestamp': 'soon' } })).to.equal('timestamp');
    expect(reasonOf({ headers: signed({ id: 'evt_2' }) })).to.equal('payload');
    expect(reasonOf({ headers: signed({ body: 'no' }), payload: 'no' })).to.equal('payload');
  });

  it('refuses to verify with an empty secret: anybody could sign with it', () => {
    const headers = signed({ key: '' });
    for (const empty of ['', 'whsec_', ['whsec_', secret]])
      expect(() => verify({ headers, secret: empty })).to.throw(TypeError, 'secret of the webhook is empty');
  });

  it('refuses what is signed and is no event that it can read', () => {
    for (const body of ['{"id":"evt_1"}', JSON.stringify({ ...event, schemaVersion: '2.0' })])
      expect(reasonOf({ headers: signed({ body }), payload: body })).to.equal('payload');
  });

  it('refuses what is not from now, either way, to the second', () => {
    const at = (seconds: number) => reasonOf({ headers: signed({ at: 1_700_000_000 + seconds }) });
    expect([-301, -300, 300, 301].map(at)).to.deep.equal([
      'timestamp',
      'it was taken',
      'it was taken',
      'timestamp',
    ]);
    expect(reasonOf({ toleranceSeconds: 0, nowMs: 1_700_000_001_000 })).to.equal('timestamp');
  });
});
