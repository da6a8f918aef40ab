// The stored form of a hash: scrypt$N$r$p$salt$hash, so that the parameters can be raised later and old rows still verify.
import { VaultError } from '../vault-error.ts';

export interface ScryptParameters {
  /** Cost: a power of two. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export interface StoredScrypt extends ScryptParameters {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** 32 MiB and some 60 ms per hash. */
export const defaultScryptParameters: ScryptParameters = { N: 2 ** 15, r: 8, p: 1 };

export function formatScrypt({ N, r, p, salt, hash }: StoredScrypt): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Reads the stored form. Throws a VaultError `malformed` for anything else, and for parameters that would eat the memory. */
export function parseScrypt(stored: string): StoredScrypt {
  const match = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{11,86})\$([\w-]{22,86})$/.exec(stored);
  const [N, r, p] = (match?.slice(1, 4) ?? []).map(Number);
  const [salt, hash] = (match?.slice(4) ?? []).map((text) => Buffer.from(text, 'base64url'));
  if (!N || !r || !p || !salt || !hash || 128 * N * r > 2 ** 28 || (N & (N - 1)) !== 0 || N < 2) {
    throw new VaultError('malformed', 'This is not a stored hash that this version can verify.');
  }
  return { N, r, p, salt, hash };
}
