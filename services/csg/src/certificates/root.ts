import type { KeyObject } from 'node:crypto';
import type { DerNode } from './der.ts';

/** A certificate authority of our own: its certificate, which clients trust, and its key, which never leaves the process. */
export interface Root {
  readonly certificatePem: string;
  readonly certificateDer: Buffer;
  /** SHA-256 of the certificate, as `AB:CD:…`. */
  readonly fingerprint256: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Its subject, as it stands in the certificate: the issuer of what it signs. */
  readonly name: DerNode;
  /** Its subject key identifier: the authority key identifier of what it signs. */
  readonly keyId: Buffer;
  /** AlgorithmIdentifier of its signatures. */
  readonly algorithm: DerNode;
  readonly privateKey: KeyObject;
}
