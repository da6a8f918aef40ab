// The text form of a sealed value: v1.<keyId>.<wrapped>.<nonce>.<ciphertext+tag>, the last three in base64url.
// One value has exactly one text: a text that decodes to the same bytes but is spelled differently is refused.
import { VaultError } from '../vault-error.ts';
import { nonceBytes, tagBytes } from './aead.ts';

export interface Sealed {
  /** The master key under which the data key is wrapped. */
  readonly keyId: string;
  /** The wrapped data key. */
  readonly wrapped: Buffer;
  readonly nonce: Buffer;
  readonly body: Buffer;
}

const version = 'v1';

export function formatSealed({ keyId, wrapped, nonce, body }: Sealed): string {
  if (!isKeyId(keyId)) throw new VaultError('keyring', 'A key id may hold letters, digits and _ : / - only.');
  return [version, keyId, ...[wrapped, nonce, body].map((bytes) => bytes.toString('base64url'))].join('.');
}

/** Reads the text form. Throws a VaultError `malformed` for anything else. */
export function parseSealed(text: string): Sealed {
  const [textVersion, keyId, ...parts] = text.split('.');
  const [wrapped, nonce, body] = parts.map(fromBase64Url);
  if (textVersion !== version || keyId === undefined || !isKeyId(keyId) || parts.length !== 3)
    throw malformed();
  if (!wrapped?.length || nonce?.length !== nonceBytes || !body || body.length < tagBytes) throw malformed();
  return { keyId, wrapped, nonce, body };
}

// No dot, which separates the parts; what is left has room for the ARN of a KMS key.
function isKeyId(text: string): boolean {
  return /^[\w:/-]{1,200}$/.test(text);
}

function fromBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

function malformed(): VaultError {
  return new VaultError('malformed', 'This is not a sealed value of version v1, or a part of it is missing.');
}
