// What is wrong with a given root is said at the start, one clear line each: clients would only say "unknown issuer".
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import { extensionIds } from './certificate-extensions.ts';
import { bytesOf, childrenOf, type DerNode, decodeDer, encodeDer, isTagged, objectIdOf } from './der.ts';
import { publicKeyId } from './public-key-id.ts';
import type { Root } from './root.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

export interface RootTexts {
  readonly certificateText: string;
  readonly keyText: string;
  /** For the messages. */
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly clock: Clock;
}

/** Which of the two files is at fault, and what to do. Never holds any of the key. */
export class RootRefused extends Error {
  readonly file: 'certificate' | 'key';

  constructor(file: 'certificate' | 'key', message: string) {
    super(message);
    this.file = file;
  }
}

/** Throws RootRefused unless they are a self-signed CA certificate, valid now, and its key. */
export function readRoot(texts: RootTexts): Root {
  const certificate = readCertificate(texts);
  const privateKey = readKey(texts);
  assertMatch(certificate, privateKey, texts);
  assertAuthority(certificate, texts);
  assertValidNow(certificate, texts);
  const fields = readFields(certificate, texts);
  return {
    certificatePem: certificate.toString(),
    certificateDer: certificate.raw,
    fingerprint256: certificate.fingerprint256,
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
    ...fields,
    algorithm: signatureAlgorithm(privateKey),
    privateKey,
  };
}

function readCertificate({ certificateText, certificateFile }: RootTexts): X509Certificate {
  try {
    return new X509Certificate(certificateText);
  } catch {
    throw new RootRefused(
      'certificate',
      `${certificateFile} holds no certificate in PEM; give one, or no file at all`,
    );
  }
}

function readKey({ keyText, keyFile }: RootTexts): KeyObject {
  const key = parseKey(keyText);
  if (!key) {
    throw new RootRefused(
      'key',
      `${keyFile} holds no private key in PEM without a passphrase; write one there`,
    );
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'ec' && type !== 'rsa') {
    throw new RootRefused('key', `${keyFile} holds a key of type ${type}; use EC (P-256) or RSA`);
  }
  if (type === 'rsa' && (details?.modulusLength ?? 0) < 2048) {
    throw new RootRefused(
      'key',
      `${keyFile} holds an RSA key of ${details?.modulusLength} bits; use 2048 or more`,
    );
  }
  return key;
}

function parseKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

function assertMatch(
  certificate: X509Certificate,
  key: KeyObject,
  { certificateFile, keyFile }: RootTexts,
): void {
  if (certificate.checkPrivateKey(key)) return;
  throw new RootRefused(
    'key',
    `${keyFile} is not the key of the certificate in ${certificateFile}; give the pair`,
  );
}

function assertAuthority(certificate: X509Certificate, { certificateFile }: RootTexts): void {
  if (certificate.subject === undefined || certificate.subject === '') {
    throw new RootRefused(
      'certificate',
      `${certificateFile} has no subject; give a CA certificate that has a name`,
    );
  }
  if (!certificate.ca) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} is not a CA certificate; make one with basicConstraints CA:TRUE`,
    );
  }
  if (!certificate.checkIssued(certificate) || !certificate.verify(certificate.publicKey)) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} is not self-signed (its issuer is ${oneLine(certificate.issuer)}); give a root`,
    );
  }
}

function assertValidNow(certificate: X509Certificate, { certificateFile, clock }: RootTexts): void {
  const nowMs = clock.nowMs();
  const { validFrom, validTo } = certificate;
  if (nowMs < Date.parse(validFrom)) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} is valid only from ${validFrom}; correct this machine's clock, or give another root`,
    );
  }
  if (nowMs >= Date.parse(validTo)) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} expired on ${validTo}; give another root, and clients its certificate`,
    );
  }
}

function readFields(certificate: X509Certificate, texts: RootTexts): Pick<Root, 'name' | 'keyId'> {
  const { certificateFile } = texts;
  const extensions = attempt(() => parseCertificate(certificate.raw));
  if (!extensions) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} is not strict DER inside; make it anew, with openssl say`,
    );
  }
  const usage = extensions.byId.get(extensionIds.keyUsage);
  if (usage && !allowsCertificateSigning(usage)) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} may not sign certificates; make one whose keyUsage has keyCertSign`,
    );
  }
  const keyId = extensions.byId.get(extensionIds.subjectKeyIdentifier);
  return { name: extensions.subject, keyId: keyId ? bytesOf(keyId) : publicKeyId(certificate.publicKey) };
}

interface ParsedCertificate {
  readonly subject: DerNode;
  /** The value of each extension by its dotted id. */
  readonly byId: ReadonlyMap<string, DerNode>;
}

// RFC 5280 4.1, version 3: version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, …, extensions.
function parseCertificate(der: Buffer): ParsedCertificate {
  const certificate = decodeDer(der);
  // Leaves name their issuer in the very bytes of its subject: what is written must be what was read.
  if (!encodeDer(certificate).equals(der)) throw new Error('not DER');
  const fields = childrenOf(childrenOf(certificate)[0]);
  const subject = fields[5];
  if (subject === undefined) throw new Error('no subject');
  const wrapped = fields.find((field) => isTagged(field, 3));
  const extensions = wrapped ? childrenOf(childrenOf(wrapped)[0]) : [];
  const byId = extensions.map((extension): [string, DerNode] => {
    const parts = childrenOf(extension);
    return [objectIdOf(parts[0]), decodeDer(bytesOf(parts.at(-1)))];
  });
  return { subject, byId: new Map(byId) };
}

// Bit 5, counted from the left, behind the byte that counts the unused bits.
function allowsCertificateSigning(keyUsage: DerNode): boolean {
  return ((bytesOf(keyUsage)[1] ?? 0) & 0b0000_0100) !== 0;
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

// X509Certificate writes a name on several lines.
function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
