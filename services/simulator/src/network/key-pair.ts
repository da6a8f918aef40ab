// A key pair as EC2 keeps it: the public half.
import { tagSetOf } from '../compute/tags.ts';
import type { FilterTable, Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';
import type { KeyType } from './key-material.ts';

export interface KeyPair {
  readonly id: string;
  readonly name: string;
  readonly keyType: KeyType;
  readonly fingerprint: string;
  /** In OpenSSH's format. */
  readonly publicKey: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export const keyPairFilters: FilterTable<KeyPair> = {
  fingerprint: ({ fingerprint }) => [fingerprint],
  'key-name': ({ name }) => [name],
  'key-pair-id': ({ id }) => [id],
};

export function writeKeyPair(
  keyPair: KeyPair,
  { includePublicKey }: { includePublicKey: boolean },
  call: Parameters<typeof tagSetOf>[1],
): XmlObject {
  return {
    keyPairId: keyPair.id,
    keyName: keyPair.name,
    keyType: keyPair.keyType,
    keyFingerprint: keyPair.fingerprint,
    createTime: new Date(keyPair.createdAtMs),
    publicKey: includePublicKey ? keyPair.publicKey : undefined,
    tagSet: tagSetOf(keyPair.tags, call),
  };
}
