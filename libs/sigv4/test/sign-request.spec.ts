import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import { emptySha256 } from '../src/sha256.ts';
import { type SignRequestInput, signRequest } from '../src/sign-request.ts';
import { verifySignature } from '../src/verify-signature.ts';

const input: SignRequestInput = {
  request: {
    method: 'GET',
    target: '/',
    headers: ['Host', 'example.com', 'Content-Type', 'text/plain', 'Accept', '*/*', 'X-Amz-Target', 'T'],
  },
  credentials: { accessKeyId: 'AKIDEXAMPLE', secret: { id: 'k', secretAccessKey: 'secret' } },
  region: 'us-east-1',
  service: 'dynamodb',
  amzDate: '20150830T123600Z',
  payloadHash: emptySha256,
};
const signedHeadersOf = (headers: Record<string, string>) =>
  /SignedHeaders=([^,]+)/.exec(headers['authorization'] ?? '')?.[1];

describe('signRequest', () => {
  it('signs host, content-type and every x-amz header, and says what to set', () => {
    const headers = signRequest(input);

    expect(Object.keys(headers)).to.deep.equal(['x-amz-date', 'authorization']);
    expect(signedHeadersOf(headers)).to.equal('content-type;host;x-amz-date;x-amz-target');
  });

  it('signs the headers that it is told to, if they are there', () => {
    const headers = signRequest({ ...input, signedHeaders: ['Accept', 'Range'] });

    expect(signedHeadersOf(headers)).to.equal('accept;host;x-amz-date;x-amz-target');
  });

  it('sends the payload hash to S3, to others when told to, and where it was sent before', () => {
    expect(signRequest({ ...input, service: 's3' })).to.have.property('x-amz-content-sha256', emptySha256);
    expect(signRequest({ ...input, sendPayloadHash: true })).to.have.property('x-amz-content-sha256');
    const before = {
      ...input.request,
      headers: [...(input.request.headers as string[]), 'x-amz-content-sha256', 'old'],
    };
    expect(signRequest({ ...input, request: before })).to.have.property('x-amz-content-sha256', emptySha256);
  });

  it('replaces an old signature, date and token: a request can be signed again with other credentials', () => {
    const first = signRequest({ ...input, credentials: { ...input.credentials, sessionToken: 'old' } });
    const resigned = {
      ...input.request,
      headers: [
        ...(input.request.headers as string[]),
        'Date',
        'Sun, 30 Aug 2015 12:36:00 GMT',
        ...Object.entries(first).flat(),
      ],
    };
    const credentials = {
      accessKeyId: 'OTHER',
      secret: { id: 'o', secretAccessKey: 'other' },
      sessionToken: 'new',
    };

    const headers = signRequest({ ...input, request: resigned, credentials, amzDate: '20150831T000000Z' });

    expect(headers).to.deep.include({ 'x-amz-date': '20150831T000000Z', 'x-amz-security-token': 'new' });
    expect(headers['authorization']).to.contain('Credential=OTHER/20150831/');
    expect(signedHeadersOf(headers)).to.equal(
      'content-type;host;x-amz-date;x-amz-security-token;x-amz-target',
    );
  });

  it('needs a host', () => {
    expect(() => signRequest({ ...input, request: { ...input.request, headers: [] } })).to.throw(TypeError);
  });
});

describe('presignRequest', () => {
  const { credentials, region, amzDate } = input;
  const request = { method: 'GET', target: '/a?b=1', headers: ['Host', 'example.com'] };

  it('makes a target that verifies, with a session token that needs escapes', () => {
    const withToken = { ...credentials, sessionToken: 'a+/=&' };
    const target = presignRequest({
      request,
      credentials: withToken,
      region,
      service: 'sts',
      amzDate,
      expiresSeconds: 1,
    });
    const presigned = { ...request, target };
    const parsed = parseAuthorization(presigned);
    if (!parsed.ok) throw new Error(parsed.message);

    expect(target).to.match(/^\/a\?b=1&X-Amz-Algorithm=/);
    expect(parsed.sessionToken).to.equal('a+/=&');
    expect(
      verifySignature({ request: presigned, parsed, secret: credentials.secret, body: { bytes: '' } }).ok,
    ).to.equal(true);
  });

  it('starts a query where there is none', () => {
    for (const target of ['/', '/?']) {
      const made = presignRequest({
        request: { ...request, target },
        credentials,
        region,
        service: 's3',
        amzDate,
        expiresSeconds: 1,
      });
      expect(made).to.match(/^\/\?X-Amz-Algorithm=/);
    }
  });

  for (const expiresSeconds of [0, -1, 604_801, 1.5, Number.NaN]) {
    it(`refuses an expiry of ${expiresSeconds}`, () => {
      expect(() =>
        presignRequest({ request, credentials, region, service: 's3', amzDate, expiresSeconds }),
      ).to.throw(RangeError);
    });
  }

  it('needs a host', () => {
    const headless = { ...request, headers: [] };
    expect(() =>
      presignRequest({ request: headless, credentials, region, service: 's3', amzDate, expiresSeconds: 1 }),
    ).to.throw(TypeError);
  });
});
