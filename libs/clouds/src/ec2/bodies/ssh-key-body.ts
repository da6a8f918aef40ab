// A key pair as a body: only its public half is at EC2. Its id is the pair's, not the name: the name may be given to
// another pair after this one is deleted.
import type { KeyPairInfo } from '@aws-sdk/client-ec2';
import type { SshKeyBody } from '@cloud-gateway/contracts';
import { tagsOf, textOrNull, timeOrNull } from './fields.ts';

export function sshKeyBody(key: KeyPairInfo): SshKeyBody {
  return {
    type: 'ssh-key',
    cloudId: key.KeyPairId ?? '',
    name: textOrNull(key.KeyName),
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: null,
    visibility: 'private',
    tags: tagsOf(key.Tags),
    createdAt: timeOrNull(key.CreateTime),
    fingerprint: textOrNull(key.KeyFingerprint),
    keyType: key.KeyType === 'rsa' || key.KeyType === 'ed25519' ? key.KeyType : null,
    publicKey: textOrNull(key.PublicKey?.trim()),
    cloudAttributes: {},
  };
}
