// The extensions of RFC 5280 4.2 that our certificates carry.
import {
  bitString,
  booleanTrue,
  type DerNode,
  encodeDer,
  integer,
  objectId,
  octetString,
  sequence,
  taggedBytes,
} from './der.ts';

export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** CA:TRUE, and no further CA below it. */
export function authorityConstraints(): DerNode {
  return critical(extensionIds.basicConstraints, sequence(booleanTrue(), integer(Buffer.from([0]))));
}

/** CA:FALSE: the default, which DER leaves out (X.690 11.5). */
export function endEntityConstraints(): DerNode {
  return plain(extensionIds.basicConstraints, sequence());
}

/** keyCertSign and cRLSign: bits 5 and 6. */
export function authorityKeyUsage(): DerNode {
  return critical(extensionIds.keyUsage, bitString(Buffer.from([0b0000_0110]), 1));
}

/** digitalSignature: bit 0; all that an ECDSA key is used for in TLS. */
export function serverKeyUsage(): DerNode {
  return critical(extensionIds.keyUsage, bitString(Buffer.from([0b1000_0000]), 7));
}

export function serverAuthentication(): DerNode {
  return plain(extensionIds.extendedKeyUsage, sequence(objectId('1.3.6.1.5.5.7.3.1')));
}

export function subjectKeyIdentifier(keyId: Buffer): DerNode {
  return plain(extensionIds.subjectKeyIdentifier, octetString(keyId));
}

/** Only the key's identifier: issuer and serial number would tie leaves to one edition of the root. */
export function authorityKeyIdentifier(keyId: Buffer): DerNode {
  return plain(extensionIds.authorityKeyIdentifier, sequence(taggedBytes(0, keyId)));
}

/** DNS names, in ASCII. It has to be critical where the subject is empty (RFC 5280 4.1.2.6). */
export function subjectAltNames(
  dnsNames: readonly string[],
  { isCritical }: { isCritical: boolean },
): DerNode {
  const names = sequence(...dnsNames.map((name) => taggedBytes(2, name)));
  return (isCritical ? critical : plain)(extensionIds.subjectAltName, names);
}

function plain(id: string, value: DerNode): DerNode {
  return sequence(objectId(id), octetString(encodeDer(value)));
}

function critical(id: string, value: DerNode): DerNode {
  return sequence(objectId(id), booleanTrue(), octetString(encodeDer(value)));
}
