// Makes the signature again from the request and the secret, and compares.
import { timingSafeEqual } from 'node:crypto';
import { canonicalRequest } from './canonical-request.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { payloadHash, type SignedBody } from './payload-mode.ts';
import type { RefusalReason } from './refusal.ts';
import type { RequestHead } from './request.ts';
import { calculateSignature, deriveSigningKey } from './signing-key.ts';
import type { SigningKeyCache, SigningSecret } from './signing-key-cache.ts';
import { stringToSign } from './string-to-sign.ts';

export interface VerifySignatureInput {
  readonly request: Pick<RequestHead, 'method' | 'target'>;
  /** What parseAuthorization read from the same request. */
  readonly parsed: ParsedSignature;
  readonly secret: SigningSecret;
  /** May be left out while the body is still to come, unless the payload mode is `body` (that throws). */
  readonly body?: SignedBody;
  /** Without one the signing key is derived each time. */
  readonly signingKeys?: SigningKeyCache;
}

export type Verification =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: Extract<RefusalReason, 'signature-mismatch' | 'payload-hash-mismatch'>;
      /** What we hashed and signed: what a signer's author needs, and holds neither secret nor signature. */
      readonly canonicalRequest: string;
      readonly stringToSign: string;
    };

/** Says nothing about time: hold parsed.amzDate and parsed.expiresSeconds against a clock as well. */
export function verifySignature(input: VerifySignatureInput): Verification {
  const { request, parsed, secret, body, signingKeys } = input;
  const hash = payloadHash(parsed.payload, body);
  const bodyIsAsDeclared = typeof hash === 'string';
  const canonical = canonicalRequest({
    method: request.method,
    target: request.target,
    headers: parsed.headers,
    signedHeaders: parsed.signedHeaders,
    payloadHash: bodyIsAsDeclared ? hash : declaredHash(parsed),
    service: parsed.scope.service,
    presigned: parsed.carrier === 'query',
  });
  const toSign = stringToSign(parsed.amzDate, parsed.scope, canonical);
  const key =
    signingKeys?.get(secret, parsed.scope) ?? deriveSigningKey(secret.secretAccessKey, parsed.scope);
  if (!isSame(calculateSignature(key, toSign), parsed.signature)) {
    return { ok: false, reason: 'signature-mismatch', canonicalRequest: canonical, stringToSign: toSign };
  }
  if (!bodyIsAsDeclared) {
    return { ok: false, reason: 'payload-hash-mismatch', canonicalRequest: canonical, stringToSign: toSign };
  }
  return { ok: true };
}

function declaredHash({ payload }: ParsedSignature): string {
  return payload.kind === 'declared' ? payload.sha256 : '';
}

// In constant time: how far two signatures agree must not show in how long the comparison took.
function isSame(ours: string, theirs: string): boolean {
  const a = Buffer.from(ours, 'latin1');
  const b = Buffer.from(theirs, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
