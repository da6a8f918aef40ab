// The content of the key file: reading it checks everything, so that a damaged file is found at the start and not with
// the first value that does not open.
import { createSecretKey } from 'node:crypto';
import { VaultError } from '../vault-error.ts';
import { type Keyring, keyFromBase64, keyIdOfKey } from './keyring.ts';

export interface KeyringFile {
  readonly active: string;
  /** Base64 by key id. */
  readonly keys: Readonly<Record<string, string>>;
}

export function formatKeyringFile(file: KeyringFile): string {
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Reads and checks. `path` is for the message only; the message never shows the content. */
export function parseKeyringFile(text: string, path: string): { file: KeyringFile; keyring: Keyring } {
  const file = parseJson(text);
  if (!isKeyringFile(file))
    throw damaged(path, 'it is not JSON of the form { "active": "k-…", "keys": { "k-…": "…" } }');
  const keys = new Map(
    Object.entries(file.keys).map(([id, base64]) => {
      const key = keyFromBase64(base64);
      if (keyIdOfKey(key) !== id)
        throw damaged(path, `the key under ${JSON.stringify(id)} is not the one that had this id`);
      return [id, createSecretKey(key)] as const;
    }),
  );
  if (!keys.has(file.active)) throw damaged(path, 'the active key is not among the keys');
  return { file, keyring: { activeKeyId: file.active, keys } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the content, which is the key.
    return undefined;
  }
}

function isKeyringFile(value: unknown): value is KeyringFile {
  if (typeof value !== 'object' || value === null || !('active' in value) || !('keys' in value)) return false;
  const { active, keys } = value;
  if (typeof active !== 'string' || typeof keys !== 'object' || keys === null || Array.isArray(keys))
    return false;
  return Object.values(keys).every((key) => typeof key === 'string');
}

function damaged(path: string, why: string): VaultError {
  return new VaultError('keyring', `The key file ${path} is damaged: ${why}. Restore it from the backup.`);
}
