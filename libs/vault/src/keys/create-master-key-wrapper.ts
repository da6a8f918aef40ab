// Wraps data keys under the master keys of a keyring held in memory.
import type { KeyObject } from 'node:crypto';
import { decrypt, encrypt, nonceBytes } from '../envelope/aead.ts';
import type { KeyWrapper } from '../envelope/key-wrapper.ts';
import { VaultError } from '../vault-error.ts';
import type { Keyring } from './keyring.ts';

/**
 * `reload` is asked when a data key needs a master key that the keyring lacks: another process may have rotated the
 * file since. Hand in `() => openMasterKeyFile(path)` and a rotation needs no restart.
 */
export function createMasterKeyWrapper(keyring: Keyring, reload?: () => Promise<Keyring>): KeyWrapper {
  let current = keyring;

  async function keyFor(keyId: string): Promise<KeyObject> {
    if (!current.keys.has(keyId) && reload !== undefined) current = await reload();
    const key = current.keys.get(keyId);
    if (key === undefined) throw unknownKey(keyId);
    return key;
  }

  return {
    get activeKeyId() {
      return current.activeKeyId;
    },

    async wrap(dataKey) {
      const keyId = current.activeKeyId;
      const { nonce, body } = encrypt(await keyFor(keyId), dataKey, boundText(keyId));
      return { keyId, bytes: Buffer.concat([nonce, body]) };
    },

    async unwrap({ keyId, bytes }) {
      const encrypted = { nonce: bytes.subarray(0, nonceBytes), body: bytes.subarray(nonceBytes) };
      const dataKey = decrypt(await keyFor(keyId), encrypted, boundText(keyId));
      if (dataKey === undefined) throw changed(keyId);
      return dataKey;
    },
  };
}

function boundText(keyId: string): string {
  return `cloud-gateway data key v1\0${keyId}`;
}

function unknownKey(keyId: string): VaultError {
  return new VaultError(
    'unknown-key',
    `The value is sealed under master key ${keyId}, which is not in the keyring. Was it retired too early, or does this process read another key file?`,
  );
}

function changed(keyId: string): VaultError {
  return new VaultError(
    'not-authentic',
    `The data key does not unwrap under master key ${keyId}: it was changed since.`,
  );
}
