// Keeps a new key pair, unless its name is taken.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Tags } from '../listing/filters.ts';
import { newResourceId } from '../random-source.ts';
import type { PublicKey } from './key-material.ts';
import type { KeyPair } from './key-pair.ts';

interface NewKeyPair<K extends PublicKey> {
  readonly name: string;
  readonly tags: Tags;
  /** Called only when the name is free: making a key takes long. */
  readonly key: () => K;
}

export function putKeyPair<K extends PublicKey>(
  { name, tags, key }: NewKeyPair<K>,
  { state, random, nowMs }: Pick<Call, 'state' | 'random' | 'nowMs'>,
): { readonly keyPair: KeyPair; readonly material: K } {
  if (state.keyPairs.all().some((keyPair) => keyPair.name === name)) {
    throw new AwsError('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
  }
  const material = key();
  const { keyType, fingerprint, openssh } = material;
  const keyPair: KeyPair = {
    id: newResourceId(random, 'key'),
    name,
    keyType,
    fingerprint,
    publicKey: `${openssh} ${name}`,
    createdAtMs: nowMs,
    tags,
  };
  state.keyPairs.put(keyPair);
  return { keyPair, material };
}
