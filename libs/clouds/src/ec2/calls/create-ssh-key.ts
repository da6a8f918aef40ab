// ImportKeyPair for the client's own public key, else CreateKeyPair. The name is unique in the region.
//
// The private key of a pair is in the answer to CreateKeyPair and nowhere else. When that answer is lost, nobody holds it
// and nobody ever will: the pair is deleted, by its id, and made again.
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { CreateOptions, SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { sshKeyBody } from '../bodies/ssh-key-body.ts';
import { CreateKeyPairCommand, DeleteKeyPairCommand, ImportKeyPairCommand } from '../sdk/client-ec2.ts';
import { type Creation, createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const createSshKey: Create<'ssh-key'> = async (deps, spec, options) => {
  readAttributes(createAttributes['ssh-key'], spec.cloudAttributes);
  return createOnce(
    deps,
    {
      type: 'ssh-key',
      mayArriveTwice: false,
      duplicateCodes: ['InvalidKeyPair.Duplicate'],
      refusesSecond: true,
      ...(spec.publicKey === undefined
        ? newPair(deps, spec, options)
        : importOf(deps, spec, spec.publicKey, options)),
    },
    options,
  );
};

type Ways = Pick<Creation, 'action' | 'send' | 'discard'>;

function newPair(deps: WriteDeps, spec: SpecOf<'ssh-key'>, { requestId, signal }: CreateOptions): Ways {
  const KeyType = spec.keyType ?? 'rsa';
  const input = { KeyName: spec.name, KeyType, TagSpecifications: keyTags(spec, requestId) };
  return {
    action: 'CreateKeyPair',
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new CreateKeyPairCommand({ ...input, ...dryRun }), http);
      const { KeyMaterial: privateKey, ...pair } = answer;
      return {
        resource: sshKeyBody({ ...pair, KeyType }),
        isComplete: false,
        ...(privateKey !== undefined && { privateKey }),
      };
    },
    async discard({ cloudId }: ResourceBody) {
      await deps.call.write('DeleteKeyPair', signal, (http) =>
        deps.ec2.send(new DeleteKeyPairCommand({ KeyPairId: cloudId }), http),
      );
    },
  };
}

function importOf(
  deps: WriteDeps,
  spec: SpecOf<'ssh-key'>,
  publicKey: string,
  { requestId }: CreateOptions,
): Ways {
  const input = {
    KeyName: spec.name,
    PublicKeyMaterial: Buffer.from(publicKey, 'utf8'),
    TagSpecifications: keyTags(spec, requestId),
  };
  return {
    action: 'ImportKeyPair',
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new ImportKeyPairCommand({ ...input, ...dryRun }), http);
      const KeyType = publicKey.trim().startsWith('ssh-ed25519') ? 'ed25519' : 'rsa';
      return { resource: sshKeyBody({ ...answer, KeyType, PublicKey: publicKey }), isComplete: false };
    },
  };
}

// The name is EC2's own, not a tag.
function keyTags({ tags }: SpecOf<'ssh-key'>, requestId: string) {
  return tagSpecification('key-pair', { tags }, requestId);
}
