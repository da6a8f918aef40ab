// RFC 5280 4.1: the to-be-signed part, and the certificate around it. node-forge's own pki knows no EC keys and signs in
// JavaScript (25 ms); so it encodes here, and node:crypto signs.
import { randomBytes } from 'node:crypto';
import {
  bitString,
  type DerNode,
  encodeDer,
  integer,
  objectId,
  sequence,
  setOf,
  tagged,
  time,
  utf8String,
} from './der.ts';

export interface CertificateFields {
  /** AlgorithmIdentifier of `sign`. */
  readonly algorithm: DerNode;
  readonly issuer: DerNode;
  readonly subject: DerNode;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: DerNode;
  readonly extensions: readonly DerNode[];
}

/** Gives the certificate in DER. `sign` gives the signature over the bytes that it is handed. */
export function buildCertificate(fields: CertificateFields, sign: (bytes: Buffer) => Buffer): Buffer {
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(mintSerialNumber()),
    fields.algorithm,
    fields.issuer,
    sequence(time(fields.notBeforeMs), time(fields.notAfterMs)),
    fields.subject,
    fields.publicKey,
    tagged(3, sequence(...fields.extensions)),
  );
  const signature = sign(encodeDer(toBeSigned));
  return encodeDer(sequence(toBeSigned, fields.algorithm, bitString(signature)));
}

/** A Name of one common name, of 64 characters at most (RFC 5280 appendix A.1, ub-common-name). */
export function commonName(text: string): DerNode {
  return sequence(setOf(sequence(objectId('2.5.4.3'), utf8String(text))));
}

export function emptyName(): DerNode {
  return sequence();
}

export function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

// 126 random bits in 16 bytes whose first one is neither negative nor a leading zero.
function mintSerialNumber(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  return serial;
}
