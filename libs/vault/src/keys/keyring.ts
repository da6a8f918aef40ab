// The master keys of one installation: one active, the others only to unwrap what was wrapped before. A key's id is
// computed from the key, so a key under a wrong id (a damaged or hand-edited file) is found at once, and processes
// that get the same key from the environment agree on its id.
import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { VaultError } from '../vault-error.ts';

export interface Keyring {
  readonly activeKeyId: string;
  /** KeyObjects, because printing one does not print the key. */
  readonly keys: ReadonlyMap<string, KeyObject>;
}

export const masterKeyBytes = 32;

/**
 * Makes a keyring from text, as it stands in an environment variable: base64 of 32 bytes, or several of them separated
 * by commas; the first one is active.
 */
export function keyringFromText(text: string): Keyring {
  const keys = text.split(',').map((item) => keyFromBase64(item.trim()));
  return toKeyring(keys.map((key) => [keyIdOfKey(key), key] as const));
}

/** Reads 32 bytes of base64 (either alphabet, padded or not). Throws a VaultError that does not show the text. */
export function keyFromBase64(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (!/^[\w+/-]{43}=?$/.test(text) || key.length !== masterKeyBytes) {
    throw new VaultError(
      'keyring',
      'A master key has to be 32 random bytes in base64; make one with: openssl rand -base64 32',
    );
  }
  return key;
}

/** Gives the id of a key: `k-` and 16 hexadecimal digits of a hash that does not lead back to the key. */
export function keyIdOfKey(key: Buffer): string {
  const digest = createHash('sha256').update('cloud-gateway master key id v1\0').update(key).digest('hex');
  return `k-${digest.slice(0, 16)}`;
}

function toKeyring(entries: readonly (readonly [id: string, key: Buffer])[]): Keyring {
  const [first] = entries;
  if (first === undefined) throw new VaultError('keyring', 'There is no master key.');
  return { activeKeyId: first[0], keys: new Map(entries.map(([id, key]) => [id, createSecretKey(key)])) };
}
