// The test suite of AWS: canonical request, string to sign and signature of each case, as verifier and as signer.
import { expect } from 'chai';
import { canonicalRequest } from '../src/canonical-request.ts';
import { indexHeaders } from '../src/header-index.ts';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import type { RequestHead } from '../src/request.ts';
import { resignRequest } from '../src/resign-request.ts';
import { sha256Hex } from '../src/sha256.ts';
import { signRequest } from '../src/sign-request.ts';
import { calculateSignature, deriveSigningKey } from '../src/signing-key.ts';
import { stringToSign } from '../src/string-to-sign.ts';
import { verifySignature } from '../src/verify-signature.ts';
import { readSuiteVectors, type SuiteCase } from './vectors/read-vectors.ts';

const suite = readSuiteVectors();
const { amzDate, region, service } = suite;
const scope = { day: amzDate.slice(0, 8), region, service };
const secret = { id: 'suite', secretAccessKey: suite.credentials.secretAccessKey };
const toWire = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const wireHeaders = ({ headers }: SuiteCase) =>
  headers.map(([name, value]): [string, string] => [name, toWire(value)]);
const signedHeadersOf = ({ canonicalRequest }: SuiteCase) =>
  canonicalRequest.split('\n').at(-2)?.split(';') ?? [];

/** The request with its signature, as the suite has it. */
function signedRequest(each: SuiteCase): RequestHead {
  const credential = `${suite.credentials.accessKeyId}/${amzDate.slice(0, 8)}/${region}/${service}/aws4_request`;
  const names = signedHeadersOf(each).join(';');
  const headers = wireHeaders(each);
  if (each.carrier === 'header') {
    headers.push(['X-Amz-Date', amzDate]);
    if (each.sessionToken !== undefined) headers.push(['X-Amz-Security-Token', each.sessionToken]);
    headers.push([
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${each.signature}`,
    ]);
    return { method: each.method, target: toWire(each.target), headers };
  }
  const parameters = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(credential)}`,
    `X-Amz-Date=${amzDate}`,
    `X-Amz-SignedHeaders=${encodeURIComponent(names)}`,
    `X-Amz-Expires=${suite.expiresSeconds}`,
    ...(each.sessionToken === undefined ? [] : [`X-Amz-Security-Token=${each.sessionToken}`]),
    `X-Amz-Signature=${each.signature}`,
  ];
  const target = toWire(each.target);
  return {
    method: each.method,
    target: `${target}${target.includes('?') ? '&' : '?'}${parameters.join('&')}`,
    headers,
  };
}

function verdictOf(request: RequestHead, body = ''): string {
  const parsed = parseAuthorization(request);
  if (!parsed.ok) return parsed.reason;
  const verification = verifySignature({ request, parsed, secret, body: { bytes: body } });
  return verification.ok ? 'ok' : verification.reason;
}

function findCase(name: string, carrier: 'header' | 'query'): SuiteCase {
  const found = suite.cases.find((each) => each.name === name && each.carrier === carrier);
  if (!found) throw new Error(`The suite has no case ${name}.`);
  return found;
}

describe('the test suite of AWS', () => {
  for (const each of suite.cases) {
    const body = each.body ?? '';

    it(`${each.carrier} ${each.name}: canonical request, string to sign, signature`, () => {
      const request = signedRequest(each);
      const canonical = canonicalRequest({
        method: request.method,
        target: request.target,
        headers: indexHeaders(request.headers),
        signedHeaders: signedHeadersOf(each),
        payloadHash: sha256Hex(body),
        service: each.pathAsSent ? 's3' : service,
        presigned: each.carrier === 'query',
      });
      const toSign = stringToSign(amzDate, scope, canonical);

      expect(canonical).to.equal(each.canonicalRequest);
      expect(toSign).to.equal(each.stringToSign);
      expect(calculateSignature(deriveSigningKey(secret.secretAccessKey, scope), toSign)).to.equal(
        each.signature,
      );
    });

    // Whether a path is taken as sent goes by the service, and the suite's service is none of the S3 family; where both
    // ways come out the same, such a case verifies like all others.
    const differs = each.pathAsSent && !each.name.includes('space');
    it(`${each.carrier} ${each.name}: ${differs ? 'is not what this service signs' : 'verifies'}`, () => {
      expect(verdictOf(signedRequest(each), body)).to.equal(differs ? 'signature-mismatch' : 'ok');
    });

    if (differs) continue;
    it(`${each.carrier} ${each.name}: is signed the same`, () => {
      const input = {
        request: { method: each.method, target: toWire(each.target), headers: wireHeaders(each) },
        credentials: { accessKeyId: 'AKIDEXAMPLE', secret, sessionToken: each.sessionToken },
        region,
        service,
        amzDate,
      };
      const payloadHash = sha256Hex(body);
      const made =
        each.carrier === 'header'
          ? signRequest({ ...input, payloadHash, signedHeaders: signedHeadersOf(each) })['authorization']
          : presignRequest({ ...input, payloadHash, expiresSeconds: suite.expiresSeconds });

      expect(made?.slice(-64)).to.equal(each.signature);
    });

    it(`${each.carrier} ${each.name}: verifies after it was signed again`, () => {
      const request = signedRequest(each);
      const parsed = parseAuthorization(request);
      if (!parsed.ok) throw new Error(parsed.message);
      const verified = verifySignature({ request, parsed, secret, body: { bytes: body } });
      if (!verified.ok) throw new Error(verified.reason);
      const other = { id: 'other', secretAccessKey: 'other' };
      const resigned = resignRequest({
        request,
        parsed,
        verified,
        credentials: { accessKeyId: 'AKIDOTHER', secret: other },
        amzDate: '20260102T030405Z',
      });
      const again = {
        method: each.method,
        target: resigned.target,
        headers: [...wireHeaders(each), ...Object.entries(resigned.headers)],
      };
      const parsedAgain = parseAuthorization(again);
      if (!parsedAgain.ok) throw new Error(parsedAgain.message);

      expect(parsedAgain).to.deep.include({ accessKeyId: 'AKIDOTHER', sessionToken: undefined });
      expect(
        verifySignature({ request: again, parsed: parsedAgain, secret: other, body: { bytes: body } }).ok,
      ).to.equal(true);
    });
  }

  describe('has requests that are refused here on purpose', () => {
    it('get-header-value-multiline: a folded value is read in more than one way (RFC 9112 5.2)', () => {
      const each = findCase('get-header-value-multiline, one header for each line', 'header');
      const folded: SuiteCase = {
        ...each,
        headers: [
          ['Host', 'example.amazonaws.com'],
          ['My-Header1', 'value1\r\n  value2\r\n     value3'],
        ],
      };
      expect(verdictOf(signedRequest(folded))).to.equal('malformed-header');
    });

    it('post-sts-header-after: a session token that is sent must be signed', () => {
      const request = signedRequest(findCase('post-sts-header-after', 'header'));
      const headers = [
        ...(request.headers as [string, string][]),
        ['X-Amz-Security-Token', 'token'] as const,
      ];
      expect(verdictOf({ ...request, headers })).to.equal('header-not-signed');
    });

    it('all presigned cases: they have an X-Amz-Date header which is not signed', () => {
      const request = signedRequest(findCase('get-vanilla-query', 'query'));
      const headers = [...(request.headers as [string, string][]), ['X-Amz-Date', amzDate] as const];
      expect(verdictOf({ ...request, headers })).to.equal('header-not-signed');
    });

    it('get-vanilla-with-session-token, presigned: it names the token twice', () => {
      const each = findCase('get-vanilla-with-session-token', 'query');
      const request = signedRequest(each);
      const target = `${request.target}&X-Amz-Security-Token=${each.sessionToken}`;
      expect(verdictOf({ ...request, target })).to.equal('duplicate-parameter');
    });

    it('post-x-www-form-urlencoded, presigned: it names a signed header which is not sent', () => {
      const request = signedRequest(findCase('post-vanilla', 'query'));
      const target = request.target.replace(
        'SignedHeaders=host',
        'SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-content-sha256',
      );
      const headers = [
        ['Host', 'example.amazonaws.com'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Content-Length', '13'],
      ] as const;
      expect(verdictOf({ ...request, target, headers }, 'Param1=value1')).to.equal('signed-header-absent');
    });
  });

  it('had requests that are dated by the Date header, in its first version (get-vanilla)', () => {
    const request = {
      method: 'GET',
      target: '/',
      headers: [
        ['Date', 'Mon, 09 Sep 2011 23:36:00 GMT'],
        ['Host', 'host.foo.com'],
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, SignedHeaders=date;host, Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470',
        ],
      ] as [string, string][],
    };
    expect(verdictOf(request)).to.equal('ok');
  });
});
