// The one error of this package. Its message says what to do and never holds a plaintext or a key.

export type VaultErrorCode =
  /** The text is not one that this package made, or is cut. */
  | 'malformed'
  /** Wrong context, wrong key, or changed since it was sealed. */
  | 'not-authentic'
  /** Wrapped under a master key that is not in the keyring. */
  | 'unknown-key'
  /** The keyring itself cannot be used: permissions, content, a lock. */
  | 'keyring';

export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
