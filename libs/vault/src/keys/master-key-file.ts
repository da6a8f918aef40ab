// The keyring as a file: { "active": "k-…", "keys": { "k-…": "<base64>" } }, readable by its owner only.
// Losing this file loses everything that was sealed: it belongs in the backup, apart from the database's.
import { randomBytes } from 'node:crypto';
import { VaultError } from '../vault-error.ts';
import { type Keyring, keyIdOfKey, masterKeyBytes } from './keyring.ts';
import { formatKeyringFile, type KeyringFile, parseKeyringFile } from './keyring-file-text.ts';
import { createPrivateFile, readPrivateFile, replacePrivateFile, withLockFile } from './private-file.ts';

/**
 * Reads the keyring; makes the file (and its folder) with one new key when there is none. Of several processes that
 * start at once, all get the same key. Throws a VaultError `keyring` when others may read the file or its content is damaged.
 */
export async function openMasterKeyFile(path: string): Promise<Keyring> {
  const text = (await readPrivateFile(path)) ?? (await createPrivateFile(path, firstKeyring()));
  return parseKeyringFile(text, path).keyring;
}

/** Adds a new key and makes it active; the older ones stay, to unwrap. Then rewrap what is stored. */
export async function rotateMasterKey(path: string): Promise<Keyring> {
  return change(path, ({ keys }) => {
    const { id, key } = mintKey();
    return { active: id, keys: { ...keys, [id]: key } };
  });
}

/** Removes a key. Whatever is still sealed under it can never be opened again: look at `keyIdOf` of every row first. */
export async function retireMasterKey(path: string, keyId: string): Promise<Keyring> {
  return change(path, ({ active, keys }) => {
    if (keyId === active)
      throw new VaultError('keyring', `${keyId} is the active key; rotate first, then retire it.`);
    const { [keyId]: retired, ...rest } = keys;
    if (retired === undefined) throw new VaultError('keyring', `${path} holds no key ${keyId}.`);
    return { active, keys: rest };
  });
}

// Under a lock: of two rotations at once, one would overwrite the other's key, with which something may be sealed already.
async function change(path: string, edit: (file: KeyringFile) => KeyringFile): Promise<Keyring> {
  return withLockFile(`${path}.lock`, async () => {
    const before = await readPrivateFile(path);
    if (before === undefined)
      throw new VaultError('keyring', `There is no key file ${path}; the first start makes it.`);
    const text = formatKeyringFile(edit(parseKeyringFile(before, path).file));
    await replacePrivateFile(path, text);
    return parseKeyringFile(text, path).keyring;
  });
}

function firstKeyring(): string {
  const { id, key } = mintKey();
  return formatKeyringFile({ active: id, keys: { [id]: key } });
}

function mintKey(): { id: string; key: string } {
  const key = randomBytes(masterKeyBytes);
  return { id: keyIdOfKey(key), key: key.toString('base64') };
}
