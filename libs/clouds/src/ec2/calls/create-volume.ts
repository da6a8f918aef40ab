// CreateVolume. EC2 knows a repetition by its ClientToken.
import type { CreateVolumeCommandInput } from '@aws-sdk/client-ec2';
import type { CreateOptions, SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { volumeBody } from '../bodies/volume-body.ts';
import { CreateVolumeCommand } from '../sdk/client-ec2.ts';
import { clientToken } from './client-token.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createVolume: Create<'volume'> = async (deps, spec, options) => {
  const input = createVolumeInput(spec, options);
  return createOnce(
    deps,
    {
      type: 'volume',
      action: 'CreateVolume',
      mayArriveTwice: true,
      async send(http, dryRun) {
        const answer = await deps.ec2.send(new CreateVolumeCommand({ ...input, ...dryRun }), http);
        return { resource: volumeBody(answer, deps.onUnknownState), isComplete: true };
      },
    },
    options,
  );
};

/** Equal for equal arguments, as EC2 compares everything in it. */
function createVolumeInput(
  spec: SpecOf<'volume'>,
  { idempotencyToken, requestId }: CreateOptions,
): CreateVolumeCommandInput {
  const attributes = readAttributes(createAttributes.volume, spec.cloudAttributes);
  return {
    ClientToken: clientToken(idempotencyToken),
    TagSpecifications: tagSpecification('volume', spec, requestId),
    AvailabilityZone: spec.datacenter,
    Size: spec.gigabytes,
    SnapshotId: spec.snapshotId,
    VolumeType: spec.volumeType as CreateVolumeCommandInput['VolumeType'],
    Iops: spec.iops,
    Encrypted: spec.encrypted,
    KmsKeyId: attributes.kmsKeyId,
    MultiAttachEnabled: attributes.multiAttachEnabled,
    Throughput: attributes.throughput,
  };
}
