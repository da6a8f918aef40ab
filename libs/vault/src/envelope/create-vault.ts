// Envelope encryption of what is stored: each value under a data key, each data key wrapped under the master key.
// The context is bound to the value, so a sealed value that is copied to another row does not open there.

import { VaultError } from '../vault-error.ts';
import { decrypt, encrypt } from './aead.ts';
import { createDataKeySource, type DataKeySourceOptions } from './data-key-source.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { formatSealed, parseSealed } from './sealed-text.ts';
import { createUnwrapCache } from './unwrap-cache.ts';

export interface Vault {
  /**
   * Encrypts. `context` names the one place where the value belongs (`cloud-credentials:<row id>`); it is not secret,
   * is not stored in the result, and has to be given again to open it.
   */
  seal(plaintext: Buffer | string, context: string): Promise<string>;
  /** Decrypts. Rejects with a VaultError when the context is another or any character was changed. */
  open(sealed: string, context: string): Promise<Buffer>;
  /** Wraps the data key under the active master key; ciphertext and context stay. Gives the same text when it is already. */
  rewrap(sealed: string): Promise<string>;
  /** Gives the id of the master key that the value needs. */
  keyIdOf(sealed: string): string;
}

export interface VaultOptions extends Partial<DataKeySourceOptions> {
  readonly wrapper: KeyWrapper;
  /** How many unwrapped data keys are kept in memory. Default 1000; 0 keeps none. */
  readonly unwrapCacheSize?: number;
}

export function createVault(options: VaultOptions): Vault {
  const {
    wrapper,
    dataKeyUses = 1,
    dataKeyMaxAgeMs = 300_000,
    nowMs = Date.now,
    unwrapCacheSize = 1000,
  } = options;
  const dataKeys = createDataKeySource({ wrapper, dataKeyUses, dataKeyMaxAgeMs, nowMs });
  const unwrap = createUnwrapCache({ wrapper, size: unwrapCacheSize });

  return {
    async seal(plaintext, context) {
      const bound = boundText(context);
      const { dataKey, wrapped } = await dataKeys.next();
      const { nonce, body } = encrypt(dataKey, Buffer.from(plaintext as Buffer), bound);
      return formatSealed({ keyId: wrapped.keyId, wrapped: wrapped.bytes, nonce, body });
    },

    async open(sealed, context) {
      const { keyId, wrapped, nonce, body } = parseSealed(sealed);
      const dataKey = await unwrap({ keyId, bytes: wrapped });
      const plaintext = decrypt(dataKey, { nonce, body }, boundText(context));
      if (plaintext === undefined) throw notAuthentic(context);
      return plaintext;
    },

    async rewrap(sealed) {
      const { keyId, wrapped, nonce, body } = parseSealed(sealed);
      if (keyId === wrapper.activeKeyId) return sealed;
      const renewed = await wrapper.wrap(await wrapper.unwrap({ keyId, bytes: wrapped }));
      return formatSealed({ keyId: renewed.keyId, wrapped: renewed.bytes, nonce, body });
    },

    keyIdOf: (sealed) => parseSealed(sealed).keyId,
  };
}

function boundText(context: string): string {
  if (context === '')
    throw new VaultError('malformed', 'A sealed value needs a context: the place where it belongs.');
  return `cloud-gateway value v1\0${context}`;
}

function notAuthentic(context: string): VaultError {
  return new VaultError(
    'not-authentic',
    `The sealed value does not open as "${context}": it was sealed for another place, or changed since.`,
  );
}
