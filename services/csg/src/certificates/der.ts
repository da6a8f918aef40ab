// The few words of DER (ITU-T X.690) that a certificate needs, said to node-forge's ASN.1.
import forge from 'node-forge';

const { asn1 } = forge;
const { Class, Type } = asn1;

export type DerNode = forge.asn1.Asn1;

export function encodeDer(node: DerNode): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

/** Throws for anything that is not one whole DER value. */
export function decodeDer(der: Buffer): DerNode {
  return asn1.fromDer(der.toString('latin1'));
}

export function sequence(...children: DerNode[]): DerNode {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, children);
}

export function setOf(...children: DerNode[]): DerNode {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, children);
}

/** A constructed value in a tag of its own, such as `[3] EXPLICIT`. */
export function tagged(tag: number, ...children: DerNode[]): DerNode {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag as forge.asn1.Type, true, children);
}

/** Bytes in a tag of their own, such as `[2] IMPLICIT IA5String`. */
export function taggedBytes(tag: number, bytes: string | Buffer): DerNode {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag as forge.asn1.Type, false, latin1(bytes));
}

export function objectId(dotted: string): DerNode {
  return primitive(Type.OID, asn1.oidToDer(dotted).getBytes());
}

export function integer(bigEndian: Buffer): DerNode {
  return primitive(Type.INTEGER, latin1(bigEndian));
}

export function booleanTrue(): DerNode {
  return primitive(Type.BOOLEAN, '\xff');
}

export function nullValue(): DerNode {
  return primitive(Type.NULL, '');
}

export function octetString(bytes: Buffer): DerNode {
  return primitive(Type.OCTETSTRING, latin1(bytes));
}

export function bitString(bytes: Buffer, unusedBits = 0): DerNode {
  return primitive(Type.BITSTRING, String.fromCharCode(unusedBits) + latin1(bytes));
}

export function utf8String(text: string): DerNode {
  return primitive(Type.UTF8, forge.util.encodeUtf8(text));
}

/** Whole seconds; RFC 5280 4.1.2.5: UTCTime up to the year 2049, GeneralizedTime from then on. */
export function time(ms: number): DerNode {
  const date = new Date(ms);
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date));
}

/** The children of a constructed value; throws for any other. */
export function childrenOf(node: DerNode | undefined): DerNode[] {
  if (!Array.isArray(node?.value)) throw new Error('a constructed ASN.1 value was expected');
  return node.value;
}

/** The bytes of a primitive value; throws for any other. */
export function bytesOf(node: DerNode | undefined): Buffer {
  // node-forge looks into bit strings whose content happens to be DER, and keeps their bytes in another place.
  const bytes = (node as { bitStringContents?: string } | undefined)?.bitStringContents ?? node?.value;
  if (typeof bytes !== 'string') throw new Error('a primitive ASN.1 value was expected');
  return Buffer.from(bytes, 'latin1');
}

/** The dotted form; throws for anything but an object identifier. */
export function objectIdOf(node: DerNode | undefined): string {
  if (node?.type !== Type.OID) throw new Error('an ASN.1 object identifier was expected');
  return asn1.derToOid(bytesOf(node).toString('latin1'));
}

/** Tells whether it is `[tag]` of an outer structure. */
export function isTagged(node: DerNode, tag: number): boolean {
  return node.tagClass === Class.CONTEXT_SPECIFIC && (node.type as number) === tag;
}

function primitive(type: forge.asn1.Type, value: string): DerNode {
  return asn1.create(Class.UNIVERSAL, type, false, value);
}

function latin1(bytes: string | Buffer): string {
  return typeof bytes === 'string' ? bytes : bytes.toString('latin1');
}
