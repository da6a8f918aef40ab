// The volumes with which an instance begins: the root, as its image has it unless the order says otherwise, and whatever
// else the order's block device mapping asks for.
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../listing/filters.ts';
import { newResourceId, type RandomSource } from '../../random-source.ts';
import type { Image } from '../image.ts';
import type { Instance } from '../instance.ts';
import type { RegionState } from '../region-state.ts';
import type { VolumeShape } from './volume.ts';
import { type StorageTimes, startAttachment } from './volume-lifecycle.ts';
import { checkVolumeShape } from './volume-shape.ts';
import type { VolumeSnapshot } from './volume-snapshot.ts';

/** One entry of a block device mapping; what is undefined is left open. */
export interface BlockDevice {
  readonly device: string;
  readonly sizeGiB: number | undefined;
  readonly snapshot: Pick<VolumeSnapshot, 'id' | 'sizeGiB' | 'encrypted'> | undefined;
  readonly type: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly deleteOnTermination: boolean;
}

interface PlannedVolume {
  readonly device: string;
  readonly shape: VolumeShape;
  readonly snapshotId: string | undefined;
  readonly encrypted: boolean;
  readonly deleteOnTermination: boolean;
}

export interface LaunchVolumes {
  readonly root: PlannedVolume;
  readonly others: readonly PlannedVolume[];
}

/** Throws for a mapping that cannot be, before anything is launched. */
export function planVolumes(image: Image, devices: readonly BlockDevice[]): LaunchVolumes {
  const ofRoot = devices.find(({ device }) => device === image.rootDeviceName);
  const others = devices.filter((each) => each !== ofRoot);
  const names = new Set([image.rootDeviceName, ...others.map(({ device }) => device)]);
  if (names.size !== others.length + 1) {
    throw new AwsError('InvalidBlockDeviceMapping', 'A device name comes more than once.');
  }
  const snapshot = { id: image.rootSnapshotId, sizeGiB: image.rootSizeGiB, encrypted: false };
  const root: BlockDevice = { ...usualRoot, device: image.rootDeviceName, ...ofRoot, snapshot };
  return { root: plan(root, 'gp3'), others: others.map((each) => plan(each, 'gp2')) };
}

/** Puts them into the state of the region, attached from the start. Gives the ids of those that are not the root. */
export function startVolumes(
  instance: Pick<Instance, 'id' | 'accountId' | 'region' | 'zone' | 'rootVolumeId'>,
  { root, others }: LaunchVolumes,
  { state, random, tags, times }: StartDeps,
): string[] {
  const start = (
    id: string,
    { device, shape, snapshotId, encrypted, deleteOnTermination }: PlannedVolume,
  ) => {
    const volume = {
      ...shape,
      id,
      accountId: instance.accountId,
      region: instance.region,
      zone: instance.zone,
      encrypted,
      snapshotId,
      createdAtMs: times.nowMs,
      phase: 'ready' as const,
      dueAtMs: undefined,
      attachments: [],
      modification: undefined,
      tags,
    };
    state.volumes.put(
      startAttachment(volume, { instanceId: instance.id, device, deleteOnTermination }, times),
    );
    return id;
  };
  start(instance.rootVolumeId, root);
  return others.map((planned) => start(newResourceId(random, 'vol'), planned));
}

interface StartDeps {
  readonly state: Pick<RegionState, 'volumes'>;
  readonly random: RandomSource;
  readonly tags: Tags;
  readonly times: StorageTimes;
}

const usualRoot = {
  sizeGiB: undefined,
  type: undefined,
  iops: undefined,
  throughput: undefined,
  encrypted: false,
  deleteOnTermination: true,
};

function plan(
  { device, snapshot, type, iops, throughput, encrypted, deleteOnTermination, ...order }: BlockDevice,
  usualType: string,
): PlannedVolume {
  const sizeGiB = order.sizeGiB ?? snapshot?.sizeGiB;
  if (sizeGiB === undefined) {
    throw new AwsError(
      'MissingParameter',
      `The request must contain the parameter size or snapshotId for the device ${device}`,
    );
  }
  if (snapshot && sizeGiB < snapshot.sizeGiB) {
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${sizeGiB}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.sizeGiB}GB`,
    );
  }
  return {
    device,
    shape: checkVolumeShape({ sizeGiB, type: type ?? usualType, iops, throughput, multiAttach: false }),
    snapshotId: snapshot?.id,
    encrypted: encrypted || snapshot?.encrypted === true,
    deleteOnTermination,
  };
}
