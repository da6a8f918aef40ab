// SSH keys: made, and read in the formats that ImportKeyPair takes.
//   RFC 4253 section 6.6 and RFC 8709 (public keys), RFC 4716 (their file format), PROTOCOL.key of OpenSSH (private keys)
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { RandomSource } from '../random-source.ts';

export const keyTypes = ['rsa', 'ed25519'] as const;
export type KeyType = (typeof keyTypes)[number];

export interface PublicKey {
  readonly keyType: KeyType;
  /** As in authorized_keys, without a comment. */
  readonly openssh: string;
  /** As ImportKeyPair computes it: MD5 of the key in DER for RSA, SHA-256 in base64 for Ed25519. */
  readonly fingerprint: string;
}

interface NewKey extends PublicKey {
  /** In PEM: PKCS #1 for RSA, OpenSSH's own format for Ed25519. */
  readonly privateKeyPem: string;
}

/** The fingerprint is as CreateKeyPair computes it: for RSA, SHA-1 of the private key. */
export function generateKey(keyType: KeyType, random: RandomSource): NewKey {
  if (keyType === 'rsa') {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    return {
      ...describe(publicKey),
      fingerprint: colons(createHash('sha1').update(der).digest('hex')),
      privateKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().trimEnd(),
    };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    ...describe(publicKey),
    privateKeyPem: writeOpenSshKey(privateKey.export({ format: 'jwk' }), random),
  };
}

/** Reads OpenSSH's format, RFC 4716, PEM, or DER in base64; undefined for what is none of them, or another type. */
export function readPublicKey(material: string): PublicKey | undefined {
  try {
    const key = parseKey(material.trim());
    return key && isUsable(key) ? describe(key) : undefined;
  } catch {
    return undefined; // Node's crypto throws for what is no key.
  }
}

function isUsable({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ed25519') return true;
  return asymmetricKeyType === 'rsa' && [1024, 2048, 4096].includes(asymmetricKeyDetails?.modulusLength ?? 0);
}

function parseKey(material: string): KeyObject | undefined {
  const line = /^(?:ssh-rsa|ssh-ed25519)\s+([\w+/=]+)/.exec(material);
  if (line) return parseBlob(Buffer.from(line[1] ?? '', 'base64'));
  const file = /^---- BEGIN SSH2 PUBLIC KEY ----(.*)---- END SSH2 PUBLIC KEY ----$/s.exec(material);
  if (file) {
    const lines = (file[1] ?? '').split(/\r?\n/).filter((each) => !each.includes(':'));
    return parseBlob(Buffer.from(lines.join(''), 'base64'));
  }
  if (material.startsWith('-----BEGIN')) return createPublicKey(material);
  return createPublicKey({ key: Buffer.from(material, 'base64'), format: 'der', type: 'spki' });
}

function parseBlob(blob: Buffer): KeyObject | undefined {
  const [type, first, second] = readStrings(blob);
  if (type?.toString() === 'ssh-rsa' && first && second) {
    return createPublicKey({ key: { kty: 'RSA', e: base64url(first), n: base64url(second) }, format: 'jwk' });
  }
  if (type?.toString() === 'ssh-ed25519' && first) {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(first) }, format: 'jwk' });
  }
  return undefined;
}

function describe(key: KeyObject): PublicKey {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const blob = writeBlob(key.export({ format: 'jwk' }));
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    keyType: isRsa ? 'rsa' : 'ed25519',
    openssh: `${isRsa ? 'ssh-rsa' : 'ssh-ed25519'} ${blob.toString('base64')}`,
    fingerprint: isRsa
      ? colons(createHash('md5').update(der).digest('hex'))
      : createHash('sha256').update(blob).digest('base64'),
  };
}

function writeBlob({ kty, e = '', n = '', x = '' }: JsonWebKey): Buffer {
  if (kty === 'RSA') return writeStrings([Buffer.from('ssh-rsa'), positive(e), positive(n)]);
  return writeStrings([Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')]);
}

function writeOpenSshKey(jwk: JsonWebKey, random: RandomSource): string {
  const publicKey = Buffer.from(jwk.x ?? '', 'base64url');
  const seed = Buffer.from(jwk.d ?? '', 'base64url');
  const check = Buffer.from(random.hex(8), 'hex');
  const secret = Buffer.concat([
    check,
    check,
    writeStrings([Buffer.from('ssh-ed25519'), publicKey, Buffer.concat([seed, publicKey]), Buffer.alloc(0)]),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (secret.length % 8)) % 8));
  const none = Buffer.from('none');
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    writeStrings([none, none, Buffer.alloc(0)]),
    Buffer.from([0, 0, 0, 1]),
    writeStrings([writeBlob(jwk), Buffer.concat([secret, padding])]),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----'].join('\n');
}

/** SSH strings: each with its length before it, in four bytes. */
function writeStrings(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}

/** Throws a RangeError when a length leads out of the buffer. */
function readStrings(buffer: Buffer): Buffer[] {
  const strings: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    const end = at + 4 + buffer.readUInt32BE(at);
    if (end > buffer.length) throw new RangeError('The key is cut off.');
    strings.push(buffer.subarray(at + 4, end));
    at = end;
  }
  return strings;
}

/** As an SSH number: with a zero byte before it where the first bit would make it negative. */
function positive(number: string): Buffer {
  const bytes = Buffer.from(number, 'base64url');
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

function base64url(number: Buffer): string {
  return (number[0] === 0 && number.length > 32 ? number.subarray(1) : number).toString('base64url');
}

function colons(hex: string): string {
  return (hex.match(/../g) ?? []).join(':');
}
