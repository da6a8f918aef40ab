// That the signature is right is shown by second-opinion, botocore and aws-test-suite; here: what is signed and set.
import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import type { RequestHead } from '../src/request.ts';
import { type ResignRequestInput, resignRequest } from '../src/resign-request.ts';
import { sha256Hex } from '../src/sha256.ts';
import { signRequest } from '../src/sign-request.ts';
import { signatureHeaders } from '../src/signature-headers.ts';
import { verifySignature } from '../src/verify-signature.ts';

const theirs = { accessKeyId: 'AKIDTHEIRS', secret: { id: 't', secretAccessKey: 'theirs' } };
const ours = { accessKeyId: 'AKIDOURS', secret: { id: 'o', secretAccessKey: 'ours' } };
const amzDate = '20260102T030405Z';
const place = { region: 'eu-west-1', amzDate: '20251231T235959Z' };
const host: [string, string] = ['Host', 'example.com'];

function signed(headers: [string, string][], service = 'dynamodb', sessionToken?: string): RequestHead {
  const request = { method: 'POST', target: '/?b&a', headers };
  const added = signRequest({
    request,
    credentials: { ...theirs, sessionToken },
    ...place,
    service,
    payloadHash: sha256Hex('body'),
    sendPayloadHash: false,
    signedHeaders: headers.map(([name]) => name),
  });
  return { ...request, headers: [...headers, ...Object.entries(added)] };
}

function presigned(sessionToken?: string, expiresSeconds = 604_800): RequestHead {
  const headers: [string, string][] = [host, ['X-Amz-Acl', 'private']];
  const request = { method: 'GET', target: '/a//b?versionId=1', headers };
  const target = presignRequest({
    request,
    credentials: { ...theirs, sessionToken },
    ...place,
    service: 's3',
    expiresSeconds,
  });
  return { ...request, target };
}

function resign(request: RequestHead, changes: Partial<ResignRequestInput> = {}) {
  const parsed = parseAuthorization(request);
  if (!parsed.ok) throw new Error(parsed.message);
  const verified = verifySignature({ request, parsed, secret: theirs.secret, body: { bytes: 'body' } });
  if (!verified.ok) throw new Error(verified.reason);
  return resignRequest({ request, parsed, verified, credentials: ours, amzDate, ...changes });
}

/** What a client of resignRequest does with what it gets. */
function sent(request: RequestHead, resigned: ReturnType<typeof resignRequest>): RequestHead {
  const set = Object.entries(resigned.headers);
  const kept = (request.headers as [string, string][]).filter(
    ([name]) => !signatureHeaders.has(name.toLowerCase()) && !(name.toLowerCase() in resigned.headers),
  );
  return { method: request.method, target: resigned.target, headers: [...kept, ...set] };
}

function verdictOf(request: RequestHead): string {
  const parsed = parseAuthorization(request);
  if (!parsed.ok) return parsed.reason;
  const verification = verifySignature({ request, parsed, secret: ours.secret, body: { bytes: 'body' } });
  return verification.ok ? 'ok' : verification.reason;
}

const signedNames = (authorization = '') => /SignedHeaders=([^,]+)/.exec(authorization)?.[1];

describe('resignRequest', () => {
  const withTarget: [string, string][] = [host, ['X-Amz-Target', 'T'], ['Content-Type', 'x']];

  it('signs the same headers in the header, and says what to set', () => {
    const request = signed(withTarget);
    const resigned = resign(request);

    expect(resigned.target).to.equal(request.target);
    expect(Object.keys(resigned.headers).sort()).to.deep.equal(['authorization', 'x-amz-date']);
    expect(resigned.headers['x-amz-date']).to.equal(amzDate);
    expect(resigned.headers['authorization']).to.match(
      /^AWS4-HMAC-SHA256 Credential=AKIDOURS\/20260102\/eu-west-1\/dynamodb\/aws4_request, /,
    );
    expect(signedNames(resigned.headers['authorization'])).to.equal(
      'content-type;host;x-amz-date;x-amz-target',
    );
    expect(resigned.headers['authorization']?.slice(-64)).to.equal(resigned.signature);
    expect(resigned.scope).to.deep.equal({ day: '20260102', region: 'eu-west-1', service: 'dynamodb' });
    expect(verdictOf(sent(request, resigned))).to.equal('ok');
  });

  it('takes a header for a header, whatever its name means in JavaScript', () => {
    const { headers } = resign(signed([host, ['constructor', 'a'], ['toString', 'b']]));
    expect(headers['authorization']).to.match(/SignedHeaders=constructor;host;tostring;x-amz-date,/);
  });

  it('puts our session token in place of theirs, or none', () => {
    for (const [before, after] of [
      [undefined, 'ours'],
      ['theirs', 'ours'],
      ['theirs', undefined],
    ]) {
      const request = signed(withTarget, 'dynamodb', before);
      const resigned = resign(request, { credentials: { ...ours, sessionToken: after } });

      expect(resigned.headers['x-amz-security-token']).to.equal(after);
      expect(signedNames(resigned.headers['authorization'])?.includes('x-amz-security-token')).to.equal(
        after !== undefined,
      );
      expect(verdictOf(sent(request, resigned))).to.equal('ok');
    }
  });

  it('signs another host, where the request goes to one', () => {
    const request = signed(withTarget);
    const resigned = resign(request, { host: 'other.example.com' });

    expect(resigned.headers['host']).to.equal('other.example.com');
    expect(verdictOf(sent(request, resigned))).to.equal('ok');
  });

  it('lets x-amz-date take the place of a Date header', () => {
    const request = signed([host, ['Date', 'Wed, 31 Dec 2025 23:59:59 GMT']]);
    const resigned = resign(request);

    expect(signedNames(resigned.headers['authorization'])).to.equal('host;x-amz-date');
    expect(verdictOf(sent(request, resigned))).to.equal('ok');
  });

  it('adds the payload hash that S3 requires, where the client left it out', () => {
    const request = signed([host]);
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);
    const asS3 = { ...parsed, scope: { ...parsed.scope, service: 's3' } };
    const verified = {
      ok: true as const,
      target: { path: '/', query: 'a=&b=' },
      payloadHash: sha256Hex('body'),
    };
    const resigned = resignRequest({ request, parsed: asS3, verified, credentials: ours, amzDate });

    expect(resigned.headers['x-amz-content-sha256']).to.equal(sha256Hex('body'));
    expect(verdictOf(sent(request, resigned))).to.equal('ok');
  });

  it('signs a presigned request in the query again, for five minutes at most', () => {
    for (const [before, after] of [
      [604_800, '300'],
      [60, '60'],
    ] as const) {
      const request = presigned('their//token', before);
      const resigned = resign(request, { credentials: { ...ours, sessionToken: 'our//token' } });
      const query = new URLSearchParams(resigned.target.slice(resigned.target.indexOf('?')));

      expect(resigned.headers).to.deep.equal({});
      expect(resigned.target).to.match(/^\/a\/\/b\?versionId=1&X-Amz-Algorithm=/);
      expect(query.getAll('X-Amz-Expires')).to.deep.equal([after]);
      expect(query.getAll('X-Amz-Security-Token')).to.deep.equal(['our//token']);
      expect(query.getAll('X-Amz-Date')).to.deep.equal([amzDate]);
      expect(query.getAll('X-Amz-Signature')).to.deep.equal([resigned.signature]);
      expect(verdictOf(sent(request, resigned))).to.equal('ok');
    }
  });

  it('signs another host in the query, too', () => {
    const request = presigned();
    const resigned = resign(request, { host: 'other.example.com' });

    expect(resigned.headers).to.deep.equal({ host: 'other.example.com' });
    expect(verdictOf(sent(request, resigned))).to.equal('ok');
  });
});
