// Who protects the data keys. Here it is a master key from a file or the environment; a key management service can
// serve as well, by an object of this shape.

export interface WrappedKey {
  /** The master key it is wrapped under: letters, digits and _ : / - only. */
  readonly keyId: string;
  readonly bytes: Buffer;
}

export interface KeyWrapper {
  /** The master key under which `wrap` works just now. */
  readonly activeKeyId: string;
  wrap(dataKey: Buffer): Promise<WrappedKey>;
  /** Rejects with a VaultError: `unknown-key` or `not-authentic`. */
  unwrap(wrapped: WrappedKey): Promise<Buffer>;
}
