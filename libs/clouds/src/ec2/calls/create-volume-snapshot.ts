// CreateSnapshot, or CopySnapshot of one that may be in another region. EC2 has no token for either: found again by the
// request's tag.
import type { CreateOptions, SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { volumeSnapshotBody } from '../bodies/volume-snapshot-body.ts';
import { CopySnapshotCommand, CreateSnapshotCommand } from '../sdk/client-ec2.ts';
import { type Creation, createOnce } from './create-once.ts';
import { refuseAttributes } from './refuse-attributes.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const createVolumeSnapshot: Create<'volume-snapshot'> = async (deps, spec, options) => {
  const way =
    spec.copyOf === undefined ? taken(deps, spec, options) : copied(deps, spec, spec.copyOf, options);
  return createOnce(deps, { type: 'volume-snapshot', mayArriveTwice: false, ...way }, options);
};

type Way = Pick<Creation, 'action' | 'send'>;

function taken(deps: WriteDeps, spec: SpecOf<'volume-snapshot'>, { requestId }: CreateOptions): Way {
  const attributes = readAttributes(createAttributes['volume-snapshot'], spec.cloudAttributes);
  refuseAttributes(attributes, ['encrypted', 'kmsKeyId'], 'only for a copy: a snapshot is as its volume');
  const input = {
    VolumeId: spec.volumeId,
    Description: spec.description,
    TagSpecifications: tagSpecification('snapshot', spec, requestId),
  };
  return {
    action: 'CreateSnapshot',
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new CreateSnapshotCommand({ ...input, ...dryRun }), http);
      const snapshot = { OwnerId: deps.cloudAccountId, ...answer };
      return { resource: privateBody(deps, snapshot), isComplete: true };
    },
  };
}

function copied(
  deps: WriteDeps,
  spec: SpecOf<'volume-snapshot'>,
  { snapshotId, region }: NonNullable<SpecOf<'volume-snapshot'>['copyOf']>,
  { requestId }: CreateOptions,
): Way {
  const { encrypted, kmsKeyId } = readAttributes(createAttributes['volume-snapshot'], spec.cloudAttributes);
  const input = {
    SourceSnapshotId: snapshotId,
    SourceRegion: region,
    Description: spec.description,
    Encrypted: encrypted,
    KmsKeyId: kmsKeyId,
    TagSpecifications: tagSpecification('snapshot', spec, requestId),
  };
  return {
    action: 'CopySnapshot',
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new CopySnapshotCommand({ ...input, ...dryRun }), http);
      const { SnapshotId, Tags } = answer;
      const snapshot = {
        SnapshotId,
        Tags,
        OwnerId: deps.cloudAccountId,
        State: 'pending' as const,
        Description: spec.description,
      };
      return { resource: privateBody(deps, snapshot), isComplete: false };
    },
  };
}

function privateBody({ onUnknownState }: WriteDeps, snapshot: Parameters<typeof volumeSnapshotBody>[0]) {
  return volumeSnapshotBody(snapshot, { visibility: 'private', onUnknownState });
}
