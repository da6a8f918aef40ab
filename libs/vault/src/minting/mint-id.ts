// Identifiers of rows, events and requests: a ULID (48 bits of time, 80 random bits) in lower case behind a prefix that
// says what it names. Sorting by id sorts by time of making, to the millisecond; ids need not be gapless.
import { randomFillSync } from 'node:crypto';

export interface MintIdSources {
  readonly nowMs?: () => number;
  readonly random?: (bytes: number) => Buffer;
}

const crockfordAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes `<prefix>_<26 characters>`. */
export function mintId(
  prefix: string,
  { nowMs = Date.now, random = pooledRandom }: MintIdSources = {},
): string {
  return `${prefix}_${timeChars(nowMs())}${randomChars(random(16))}`;
}

/** Asking the system for 16 bytes costs as much as asking it for thousands. */
const pool = Buffer.alloc(4096);
let poolUsed = pool.length;

function pooledRandom(bytes: number): Buffer {
  if (poolUsed + bytes > pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  poolUsed += bytes;
  return pool.subarray(poolUsed - bytes, poolUsed);
}

function timeChars(timeMs: number): string {
  let text = '';
  for (let rest = Math.floor(timeMs); text.length < 10; rest = Math.floor(rest / 32)) {
    text = crockfordAlphabet.charAt(rest % 32) + text;
  }
  return text;
}

// One byte per character: 256 is a multiple of 32, so every character is as likely as any other.
function randomChars(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) text += crockfordAlphabet.charAt(byte & 31);
  return text;
}
