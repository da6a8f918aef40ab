import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import { sha256Hex } from '../src/sha256.ts';
import { type SigningCredentials, signRequest } from '../src/sign-request.ts';
import { verifySignature } from '../src/verify-signature.ts';

const credentials: SigningCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secret: { id: 'k', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  sessionToken: 'session-token',
};
const body = 'Action=DescribeRegions&Version=2016-11-15';
const place = { region: 'us-east-1', service: 'execute-api', amzDate: '20150830T123600Z' };
const base = {
  method: 'POST',
  target: '/stage/item%201?b=2&a=x%20y&flag',
  headers: [
    ['Host', 'example.com'],
    ['Content-Type', 'text/plain'],
    ['X-Amz-Meta', 'one  two'],
    ['X-Amz-Meta', 'three'],
    ['User-Agent', 'not signed'],
  ] as [string, string][],
};

interface Sent {
  method: string;
  target: string;
  headers: [string, string][];
  body: string;
}

function signed(): Sent {
  const added = signRequest({
    request: base,
    credentials,
    ...place,
    payloadHash: sha256Hex(body),
    sendPayloadHash: true,
  });
  return { ...base, headers: [...base.headers, ...Object.entries(added)], body };
}

function signedWithoutHash(): Sent {
  const added = signRequest({ request: base, credentials, ...place, payloadHash: sha256Hex(body) });
  return { ...base, headers: [...base.headers, ...Object.entries(added)], body };
}

function presigned(): Sent {
  const headers = base.headers.filter(([name]) => name !== 'User-Agent');
  const target = presignRequest({
    request: { ...base, headers },
    credentials,
    ...place,
    expiresSeconds: 600,
    payloadHash: sha256Hex(body),
  });
  return { method: base.method, target, headers, body };
}

const judge = (
  { body: bytes, ...request }: Sent,
  secretAccessKey = credentials.secret.secretAccessKey,
): string => {
  const parsed = parseAuthorization(request);
  if (!parsed.ok) return parsed.reason;
  const verification = verifySignature({
    request,
    parsed,
    secret: { id: 'k', secretAccessKey },
    body: { bytes },
  });
  return verification.ok ? 'ok' : verification.reason;
};

const setHeader = (sent: Sent, name: string, change: (value: string) => string): Sent => ({
  ...sent,
  headers: sent.headers.map(([each, value]) => [each, each.toLowerCase() === name ? change(value) : value]),
});
const flipLast = (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');

describe('verifySignature', () => {
  for (const [name, make] of [
    ['a signature in the header', signed],
    ['a signature in the header without declared hash', signedWithoutHash],
    ['a presigned request', presigned],
  ] as const) {
    describe(name, () => {
      it('passes as it is', () => expect(judge(make())).to.equal('ok'));

      it('passes with other headers that are not signed', () => {
        const sent = make();
        expect(judge({ ...sent, headers: [...sent.headers, ['X-Forwarded-For', '1.2.3.4']] })).to.equal('ok');
      });

      it('passes when the wire writes the same thing differently', () => {
        const sent = make();
        const target = sent.target.replace('b=2&a=x%20y&flag', 'flag=&a=x%20y&b=%32');
        const headers = sent.headers.map(([key, value]): [string, string] => [
          key.toUpperCase(),
          `  ${value} `,
        ]);
        expect(judge({ ...sent, target, headers })).to.equal('ok');
      });

      const changes: [string, (sent: Sent) => Sent][] = [
        ['method', (sent) => ({ ...sent, method: 'PUT' })],
        ['method, in case', (sent) => ({ ...sent, method: 'post' })],
        ['path', (sent) => ({ ...sent, target: sent.target.replace('/stage', '/stagf') })],
        ['path, in case', (sent) => ({ ...sent, target: sent.target.replace('/stage', '/Stage') })],
        ['query name', (sent) => ({ ...sent, target: sent.target.replace('b=2', 'c=2') })],
        ['query value', (sent) => ({ ...sent, target: sent.target.replace('b=2', 'b=3') })],
        ['query, one parameter more', (sent) => ({ ...sent, target: `${sent.target}&x` })],
        ['query, one parameter less', (sent) => ({ ...sent, target: sent.target.replace('b=2&', '') })],
        ['query, a blank as plus', (sent) => ({ ...sent, target: sent.target.replace('x%20y', 'x+y') })],
        ['host', (sent) => setHeader(sent, 'host', () => 'example.org')],
        ['content-type', (sent) => setHeader(sent, 'content-type', () => 'text/plaim')],
        [
          'a repeated header',
          (sent) => setHeader(sent, 'x-amz-meta', (value) => value.replace('three', 'thref')),
        ],
        ['the order of a repeated header', (sent) => ({ ...sent, headers: swapMeta(sent.headers) })],
      ];
      for (const [place, change] of changes) {
        it(`is refused for one wrong byte in: ${place}`, () =>
          expect(judge(change(make()))).to.equal('signature-mismatch'));
      }

      it('is refused for one wrong byte in the body', () => {
        expect(judge({ ...make(), body: `${body}x` })).to.equal(
          make === signed ? 'payload-hash-mismatch' : 'signature-mismatch',
        );
      });

      it('is refused for another secret', () => {
        expect(judge(make(), 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEZ')).to.equal('signature-mismatch');
      });
    });
  }

  describe('a signature in the header is refused for one wrong byte in', () => {
    const changes: [string, (sent: Sent) => Sent][] = [
      ['the date', (sent) => setHeader(sent, 'x-amz-date', () => '20150830T123601Z')],
      ['the session token', (sent) => setHeader(sent, 'x-amz-security-token', flipLast)],
      ['the payload hash', (sent) => setHeader(sent, 'x-amz-content-sha256', flipLast)],
      [
        'the key id',
        (sent) => setHeader(sent, 'authorization', (text) => text.replace('AKIDEXAMPLE', 'AKIDEXAMPLF')),
      ],
      [
        'the region',
        (sent) => setHeader(sent, 'authorization', (text) => text.replace('us-east-1', 'us-east-2')),
      ],
      [
        'the service',
        (sent) => setHeader(sent, 'authorization', (text) => text.replace('execute-api', 'execute-apj')),
      ],
      [
        'the signed headers',
        (sent) => setHeader(sent, 'authorization', (text) => text.replace('content-type;', '')),
      ],
      ['the signature', (sent) => setHeader(sent, 'authorization', flipLast)],
    ];
    for (const [place, change] of changes) {
      it(place, () => {
        // Another key id is another secret for whoever looks it up; the signature itself does not cover the id.
        expect(judge(change(signed()))).to.equal(place === 'the key id' ? 'ok' : 'signature-mismatch');
      });
    }
  });

  describe('a presigned request is refused for one wrong byte in', () => {
    for (const [place, from, to] of [
      ['the date', '20150830T123600Z', '20150830T123601Z'],
      ['the expiry', 'X-Amz-Expires=600', 'X-Amz-Expires=601'],
      ['the key id', 'AKIDEXAMPLE', 'AKIDEXAMPLF'],
      ['the region', 'us-east-1', 'us-east-2'],
      ['the service', 'execute-api', 'execute-apj'],
      ['the session token', 'session-token', 'session-tokem'],
      ['the signed headers', 'content-type%3B', ''],
    ] as const) {
      it(place, () => {
        const sent = presigned();
        expect(judge({ ...sent, target: sent.target.replace(from, to) })).to.equal('signature-mismatch');
      });
    }

    it('the signature', () => {
      const sent = presigned();
      expect(judge({ ...sent, target: flipLast(sent.target) })).to.equal('signature-mismatch');
    });
  });

  it('says what it has hashed, and neither secret nor signature', () => {
    const { body: bytes, ...request } = { ...signed(), method: 'PUT' };
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);
    const verification = verifySignature({ request, parsed, secret: credentials.secret, body: { bytes } });
    if (verification.ok) throw new Error('must not pass');

    expect(verification.canonicalRequest.split('\n').slice(0, 4)).to.deep.equal([
      'PUT',
      '/stage/item%25201',
      'a=x%20y&b=2&flag=',
      'content-type:text/plain',
    ]);
    expect(verification.stringToSign).to.match(
      /^AWS4-HMAC-SHA256\n20150830T123600Z\n20150830\/us-east-1\/execute-api\/aws4_request\n[0-9a-f]{64}$/,
    );
    expect(JSON.stringify(verification)).to.not.contain(parsed.signature).and.not.contain('wJalr');
  });

  it('can verify the head before the body is there, when its hash is declared', () => {
    const { body: _later, ...request } = signed();
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);

    expect(verifySignature({ request, parsed, secret: credentials.secret }).ok).to.equal(true);
  });

  it('throws when the body is needed and not given: that is the caller’s mistake', () => {
    const { body: _later, ...request } = signedWithoutHash();
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);

    expect(() => verifySignature({ request, parsed, secret: credentials.secret })).to.throw(TypeError);
  });

  it('leaves the body to the caller when it is unsigned or comes in chunks', () => {
    for (const payloadHash of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) {
      const added = signRequest({ request: base, credentials, ...place, service: 's3', payloadHash });
      const sent = { ...base, headers: [...base.headers, ...Object.entries(added)], body: 'anything' };
      expect(judge(sent)).to.equal('ok');
      expect(judge(setHeader(sent, 'x-amz-content-sha256', () => sha256Hex('anything')))).to.equal(
        'signature-mismatch',
      );
    }
  });
});

function swapMeta(headers: [string, string][]): [string, string][] {
  const values = headers
    .filter(([name]) => name === 'X-Amz-Meta')
    .map(([, value]) => value)
    .reverse();
  return headers.map(([name, value]) => [name, name === 'X-Amz-Meta' ? (values.shift() ?? '') : value]);
}
