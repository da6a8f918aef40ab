import type { KeyObject } from 'node:crypto';
import { type DerNode, nullValue, objectId, sequence } from './der.ts';

/**
 * The AlgorithmIdentifier of SHA-256 signatures by this key: ecdsa-with-SHA256 (RFC 5758 3.2, no parameters) or
 * sha256WithRSAEncryption (RFC 4055 5, NULL parameters). Throws for other kinds of keys.
 */
export function signatureAlgorithm(key: KeyObject): DerNode {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return sequence(objectId('1.2.840.10045.4.3.2'));
    case 'rsa':
      return sequence(objectId('1.2.840.113549.1.1.11'), nullValue());
    default:
      throw new Error(`no signature algorithm for a key of type ${key.asymmetricKeyType}`);
  }
}
