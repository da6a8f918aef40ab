// SigningKey: a secret narrowed to one day, region and service by four HMACs.
import { createHmac } from 'node:crypto';
import type { CredentialScope } from './credential-scope.ts';
import { hmacSha256Hex } from './hmac.ts';

export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const dayKey = hmac(`AWS4${secretAccessKey}`, scope.day);
  const regionKey = hmac(dayKey, scope.region);
  const serviceKey = hmac(regionKey, scope.service);
  return hmac(serviceKey, 'aws4_request');
}

/** Signature, in hex. A string to sign is ASCII: what may be more is hashed in it. */
export function calculateSignature(signingKey: Buffer, stringToSign: string): string {
  return hmacSha256Hex(signingKey, stringToSign);
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
