// The id of a key that the proxy takes: shaped like one of AWS, because tools check that, and never to be taken for one,
// because theirs begin with AKIA or ASIA.
import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes `CGW` and 17 of A-Z and 2-7: 85 random bits. `random` gives that many random bytes; default node:crypto. */
export function mintAccessKeyId(random: (bytes: number) => Buffer = randomBytes): string {
  let id = 'CGW';
  for (const byte of random(17)) id += alphabet.charAt(byte & 31);
  return id;
}

/** Tells whether the text can be such an id; says nothing of whether it was ever issued. */
export function isWellFormedAccessKeyId(text: string): boolean {
  return /^CGW[A-Z2-7]{17}$/.test(text);
}
