// Identifiers of rows, events and requests: a ULID (48 bits of time, 80 random bits) in lower case behind a prefix that
// says what it names. Sorting by id sorts by time of making, to the millisecond; ids need not be gapless.
import { randomBytes } from 'node:crypto';

export interface MintIdSources {
  readonly nowMs?: () => number;
  readonly random?: (bytes: number) => Buffer;
}

const crockfordAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes `<prefix>_<26 characters>`. */
export function mintId(
  prefix: string,
  { nowMs = Date.now, random = randomBytes }: MintIdSources = {},
): string {
  return `${prefix}_${timeChars(nowMs())}${randomChars(random(16))}`;
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
  return Array.from(bytes, (byte) => crockfordAlphabet.charAt(byte % 32)).join('');
}
