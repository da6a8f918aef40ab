// Deriving a signing key takes four HMACs and serves a whole day: keep the ones in use. Bounded, least recently used
// goes first, so the keys of yesterday leave by themselves.
import type { CredentialScope } from './credential-scope.ts';
import { deriveSigningKey } from './signing-key.ts';

/** A secret and a name for it in the cache. */
export interface SigningSecret {
  /**
   * Must change when the secret does: a row id and version, say. The access key id alone is not enough where a key can
   * be deleted and made again.
   */
  readonly id: string;
  readonly secretAccessKey: string;
}

export interface SigningKeyCache {
  get(secret: SigningSecret, scope: CredentialScope): Buffer;
  /** Drops all keys of one secret, for when it is revoked. */
  forget(secretId: string): void;
  readonly size: number;
}

/** `keysMax` is the number of (secret, day, region, service) kept; default 1000, about 200 kB. */
export function createSigningKeyCache({ keysMax = 1000 }: { keysMax?: number } = {}): SigningKeyCache {
  // A Map remembers the order of insertion: taking an entry out and putting it back makes it the youngest.
  const keys = new Map<string, { secretId: string; key: Buffer }>();
  return {
    get size() {
      return keys.size;
    },

    get(secret, scope) {
      const name = `${secret.id}\n${scope.day}\n${scope.region}\n${scope.service}`;
      const known = keys.get(name);
      const entry = known ?? { secretId: secret.id, key: deriveSigningKey(secret.secretAccessKey, scope) };
      if (known) keys.delete(name);
      keys.set(name, entry);
      if (keys.size > keysMax) dropOldest(keys);
      return entry.key;
    },

    forget(secretId) {
      for (const [name, entry] of keys) if (entry.secretId === secretId) keys.delete(name);
    },
  };
}

/** The key of a secret for a scope, from the cache where there is one. */
export function signingKeyOf(
  secret: SigningSecret,
  scope: CredentialScope,
  signingKeys: SigningKeyCache | undefined,
): Buffer {
  return signingKeys?.get(secret, scope) ?? deriveSigningKey(secret.secretAccessKey, scope);
}

function dropOldest(keys: Map<string, unknown>): void {
  const oldest = keys.keys().next();
  if (!oldest.done) keys.delete(oldest.value);
}
