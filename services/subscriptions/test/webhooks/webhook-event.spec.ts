import { expect } from 'chai';
import { orderKeyOf, outgoingEventOf } from '../../src/webhooks/webhook-event.ts';

describe('webhook event', () => {
  for (const [payload, key] of [
    ['{"account":"ec2-1","cloud":"ec2"}', 'ec2-1'],
    ['{"scope":"org_1","subject":"token.revoked"}', 'org_1'],
    ['{"account":7}', ''],
    ['[]', ''],
    ['null', ''],
    ['no JSON', ''],
  ] as const)
    it(`belongs to ${key || 'nobody'}: ${payload}`, () => {
      expect(orderKeyOf(Buffer.from(payload))).to.equal(key);
    });

  const attributes = { id: 'evt_1', type: 't', source: '/s', subject: 'u', time: '2026-11-22T00:00:00.000Z' };

  it('is told as it was published', () => {
    const event = outgoingEventOf({
      id: 'evt_1',
      attributes,
      payload: Buffer.from('{"a":1}'),
      routingKey: 'v1.ec2.ec2-1.us-east-1.instance.state.running',
    });

    expect(event).to.deep.equal({
      ...attributes,
      routingKey: 'v1.ec2.ec2-1.us-east-1.instance.state.running',
      payload: '{"a":1}',
    });
  });

  it('finds the routing key of an event that did not come by the exchange', () => {
    const payload = {
      schemaVersion: '1.0',
      id: 'evt_1',
      account: 'ec2-000000000001',
      cloud: 'ec2',
      region: 'us-east-1',
      resourceType: 'instance',
      change: 'stale',
      observedAt: '2026-11-22T00:00:00.000Z',
      reason: null,
    };
    const event = outgoingEventOf({
      id: 'evt_1',
      attributes,
      payload: Buffer.from(JSON.stringify(payload)),
      routingKey: undefined,
    });

    expect(event.routingKey).to.equal('v1.ec2.ec2-000000000001.us-east-1.instance.stale.none');
  });
});
