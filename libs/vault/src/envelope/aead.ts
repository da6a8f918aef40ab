// AES-256-GCM as everything here uses it: a fresh random 96-bit nonce, the full 128-bit tag behind the ciphertext.
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

export const nonceBytes = 12;
export const tagBytes = 16;

export interface Encrypted {
  readonly nonce: Buffer;
  /** The ciphertext followed by the tag. */
  readonly body: Buffer;
}

/** Encrypts; `bound` is authenticated with it and has to be given again to decrypt. */
export function encrypt(key: Buffer | KeyObject, plaintext: Buffer, bound: string): Encrypted {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(
    Buffer.from(bound),
  );
  const body = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { nonce, body };
}

/** Decrypts. Gives undefined when the key, the bound text or any bit is not what it was. */
export function decrypt(
  key: Buffer | KeyObject,
  { nonce, body }: Encrypted,
  bound: string,
): Buffer | undefined {
  if (nonce.length !== nonceBytes || body.length < tagBytes) return undefined;
  // Without authTagLength Node accepts tags as short as 4 bytes.
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(body.subarray(-tagBytes));
  const plaintext = decipher.update(body.subarray(0, -tagBytes));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    // OpenSSL says no more than "unable to authenticate".
    return undefined;
  }
}
