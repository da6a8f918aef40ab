// Some hundred requests, made up by a generator that always makes up the same ones, signed by the signer of the AWS SDK
// for JavaScript. We have to verify each, and to make the same signature ourselves.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect } from 'chai';
import { isS3Family } from '../src/canonical-path.ts';
import { parseAuthorization } from '../src/parse-authorization.ts';
import type { ParsedSignature } from '../src/parsed-signature.ts';
import { unsignedPayload } from '../src/payload-mode.ts';
import { presignRequest } from '../src/presign-request.ts';
import { resignRequest } from '../src/resign-request.ts';
import { emptySha256, sha256Hex } from '../src/sha256.ts';
import { signRequest } from '../src/sign-request.ts';
import { createSigningKeyCache } from '../src/signing-key-cache.ts';
import { type Verification, type Verified, verifySignature } from '../src/verify-signature.ts';
import { createGenerator, type GeneratedRequest, wireQuery } from './generated-request.ts';

class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

const signerFor = ({ service, region, secretAccessKey, sessionToken }: GeneratedRequest) =>
  new SignatureV4({
    service,
    region,
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
    },
    sha256: Sha256,
    uriEscapePath: !isS3Family(service),
    applyChecksum: true,
  });

const smithyRequest = ({ method, path, query, headers, body }: GeneratedRequest) =>
  new HttpRequest({
    method,
    protocol: 'https:',
    hostname: headers['host'] ?? '',
    path,
    query,
    headers: { ...headers },
    body,
  });

/** Header values reach Node as one character per byte. */
const toWire = (value: string) => Buffer.from(value, 'utf8').toString('latin1');

const parsedOrThrow = (parsed: ReturnType<typeof parseAuthorization>): ParsedSignature => {
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${parsed.message}`);
  return parsed;
};

const verifiedOrThrow = (verification: Verification): Verified => {
  if (!verification.ok) throw new Error(`${verification.reason}: ${verification.canonicalRequest}`);
  return verification;
};

/** Who signs a verified request anew, and when. */
const other = {
  secretAccessKey: 'another/SECRET+of/the/CLOUD',
  sessionToken: 'another//token==',
  amzDate: '20260102T030405Z',
  signingDate: new Date('2026-01-02T03:04:05Z'),
};

describe('the second opinion of the AWS SDK', () => {
  const signingKeys = createSigningKeyCache();

  for (let seed = 1; seed <= 300; seed++) {
    const generated = createGenerator(seed).request();
    const { method, service, region, amzDate, signingDate, secretAccessKey, sessionToken, body } = generated;
    const secret = { id: String(seed), secretAccessKey };
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secret, sessionToken };

    it(`header ${seed}: ${method} ${service} ${generated.path.slice(0, 50)}`, async () => {
      const signed = await signerFor(generated).sign(smithyRequest(generated), { signingDate });
      const target = generated.path + wireQuery(generated.query);
      const rawHeaders = Object.entries(signed.headers).flatMap(([name, value]) => [name, toWire(value)]);
      const request = { method, target, headers: rawHeaders };

      const parsed = parsedOrThrow(parseAuthorization(request));
      const verified = verifiedOrThrow(
        verifySignature({ request, parsed, secret, body: { bytes: body }, signingKeys }),
      );
      expect(parsed.payload).to.deep.equal({ kind: 'declared', sha256: sha256Hex(body) });
      expect(parsed.sessionToken).to.equal(sessionToken);

      const unsigned = Object.entries(generated.headers).map(
        ([name, value]) => [name, toWire(value)] as const,
      );
      const ours = signRequest({
        request: { method, target, headers: unsigned },
        credentials,
        region,
        service,
        amzDate,
        payloadHash: sha256Hex(body),
        signedHeaders: parsed.signedHeaders,
        sendPayloadHash: true,
        signingKeys,
      });
      expect(ours['authorization']).to.equal(signed.headers['authorization']);

      const again = { ...generated, ...other, body };
      const theirs = await signerFor(again).sign(smithyRequest(again), { signingDate: other.signingDate });
      const resigned = resignRequest({
        request,
        parsed,
        verified,
        credentials: {
          accessKeyId: 'AKIDEXAMPLE',
          secret: { id: 'other', secretAccessKey: other.secretAccessKey },
          sessionToken: other.sessionToken,
        },
        amzDate: other.amzDate,
        signingKeys,
      });
      expect(resigned.headers['authorization']).to.equal(theirs.headers['authorization']);
    });

    it(`presigned ${seed}: ${method} ${service}`, async () => {
      // Smithy signs the hash of the body; the presigner of S3 tells it not to, by this header.
      const payloadHash = isS3Family(service) ? unsignedPayload : emptySha256;
      const hidden = isS3Family(service) ? { 'x-amz-content-sha256': unsignedPayload } : {};
      const order = { ...generated, headers: { ...generated.headers, ...hidden }, body: '' };
      const options = { signingDate, expiresIn: generated.expiresSeconds };
      const presigned = await signerFor(generated).presign(smithyRequest(order), options);
      const query = presigned.query as Record<string, string | string[]>; // smithy's own type allows null
      const target = presigned.path + wireQuery(query);
      const headers = Object.entries(presigned.headers).map(
        ([name, value]) => [name, toWire(value)] as const,
      );
      const request = { method, target, headers };

      const parsed = parsedOrThrow(parseAuthorization(request));
      expect(parsed.expiresSeconds).to.equal(generated.expiresSeconds);
      const body = { sha256: emptySha256 };
      verifiedOrThrow(verifySignature({ request, parsed, secret, body, signingKeys }));

      const signedHeaders = headers.filter(([name]) => parsed.signedHeaders.includes(name));
      const ours = presignRequest({
        request: { method, target: order.path + wireQuery(hoisted(order)), headers: signedHeaders },
        credentials,
        region,
        service,
        amzDate,
        expiresSeconds: generated.expiresSeconds,
        payloadHash,
        signingKeys,
      });
      expect(/X-Amz-Signature=(\w+)$/.exec(ours)?.[1]).to.equal(query['X-Amz-Signature']);
    });
  }
});

/** Smithy moves x-amz-* headers into the query of a presigned request. */
function hoisted({ headers, query }: GeneratedRequest): Record<string, string | string[]> {
  return {
    ...query,
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-'))),
  };
}
