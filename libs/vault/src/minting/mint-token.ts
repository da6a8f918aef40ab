// Opaque bearer tokens and client secrets in the manner of GitHub's: the prefix lets secret scanners find a leaked one,
// the checksum lets us refuse garbage before any look-up. The checksum is no protection: anybody can compute it.
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { base62Alphabet, toBase62 } from './base62.ts';

/** The prefixes in use. proxySecret: the secret of an access key that the proxy takes. */
export const tokenPrefixes = { token: 'cgw_t', clientSecret: 'cgw_s', proxySecret: 'cgw_a' } as const;

// 30 characters of 62 are 178 bits.
const randomChars = 30;
const checksumChars = 6;

/** Makes `<prefix>_<30 random characters><6 of checksum>`. `random` gives that many random bytes; default node:crypto. */
export function mintToken(prefix: string, random: (bytes: number) => Buffer = randomBytes): string {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(prefix))
    throw new Error(`"${prefix}" cannot be the prefix of a token`);
  const body = `${prefix}_${randomBase62(randomChars, random)}`;
  return body + checksum(body);
}

/** Tells whether the text can be a token with this prefix. Cheap; says nothing of whether it was ever issued. */
export function isWellFormedToken(text: string, prefix: string): boolean {
  if (text.length !== prefix.length + 1 + randomChars + checksumChars || !text.startsWith(`${prefix}_`))
    return false;
  if (!/^[0-9A-Za-z]+$/.test(text.slice(prefix.length + 1))) return false;
  const body = text.slice(0, -checksumChars);
  return checksum(body) === text.slice(-checksumChars);
}

function checksum(body: string): string {
  return toBase62(crc32(body), checksumChars);
}

function randomBase62(length: number, random: (bytes: number) => Buffer): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length)) {
      // 248 = 4 × 62: taking the bytes above too would favour the first letters of the alphabet.
      if (byte < 248 && text.length < length) text += base62Alphabet.charAt(byte % 62);
    }
  }
  return text;
}
