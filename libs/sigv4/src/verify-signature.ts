// Makes the signature again from the request and the secret, and compares.
import { canonicalHeaders } from './canonical-headers.ts';
import { type CanonicalTarget, canonicalTarget, joinCanonicalRequest } from './canonical-request.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { payloadHash, type SignedBody } from './payload-mode.ts';
import type { RefusalReason } from './refusal.ts';
import type { RequestHead } from './request.ts';
import { isSameSignature } from './same-signature.ts';
import { calculateSignature } from './signing-key.ts';
import { type SigningKeyCache, type SigningSecret, signingKeyOf } from './signing-key-cache.ts';
import { stringToSign } from './string-to-sign.ts';

export interface VerifySignatureInput {
  readonly request: Pick<RequestHead, 'method' | 'target'>;
  /** What parseAuthorization read from the same request. */
  readonly parsed: ParsedSignature;
  readonly secret: SigningSecret;
  /** May be left out while the body is still to come, unless the payload mode is `body` (that throws). */
  readonly body?: SignedBody;
  /** Without one the signing key is derived each time. */
  readonly signingKeys?: SigningKeyCache | undefined;
}

/** What resignRequest need not work out again. Not for logs: the query of a presigned request may hold a session token. */
export interface Verified {
  readonly ok: true;
  readonly target: CanonicalTarget;
  /** The last line of the canonical request. */
  readonly payloadHash: string;
}

export type Verification =
  | Verified
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
  const target = canonicalTarget(request.target, parsed.scope.service, parsed.carrier === 'query');
  const canonical = joinCanonicalRequest({
    method: request.method,
    target,
    headerLines: canonicalHeaders(parsed.headers, parsed.signedHeaders),
    signedHeaders: parsed.signedHeaders.join(';'),
    payloadHash: bodyIsAsDeclared ? hash : declaredHash(parsed),
  });
  const toSign = stringToSign(parsed.amzDate, parsed.scope, canonical);
  const signature = calculateSignature(signingKeyOf(secret, parsed.scope, signingKeys), toSign);
  if (!isSameSignature(signature, parsed.signature)) {
    return { ok: false, reason: 'signature-mismatch', canonicalRequest: canonical, stringToSign: toSign };
  }
  if (!bodyIsAsDeclared) {
    return { ok: false, reason: 'payload-hash-mismatch', canonicalRequest: canonical, stringToSign: toSign };
  }
  return { ok: true, target, payloadHash: hash };
}

function declaredHash({ payload }: ParsedSignature): string {
  return payload.kind === 'declared' ? payload.sha256 : '';
}
