import { createHash, type KeyObject } from 'node:crypto';
import { bytesOf, childrenOf, decodeDer } from './der.ts';

/**
 * SHA-1 of the bits of the public key, without tag, length and count of unused bits (RFC 5280 4.2.1.2, method 1). Some
 * verifiers compute it themselves, so that no other method will do.
 */
export function publicKeyId(publicKey: KeyObject): Buffer {
  const [, bits] = childrenOf(decodeDer(publicKey.export({ type: 'spki', format: 'der' })));
  return createHash('sha1').update(bytesOf(bits).subarray(1)).digest();
}
