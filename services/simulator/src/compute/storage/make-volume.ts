// Makes a volume: checks what was asked for against the zone, the snapshot and the type, and fills in what was left open.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { Tags } from '../../listing/filters.ts';
import { newResourceId } from '../../random-source.ts';
import type { RegionState } from '../region-state.ts';
import { findUsableSnapshot } from './find-snapshot.ts';
import type { Volume } from './volume.ts';
import { checkVolumeShape } from './volume-shape.ts';

export interface VolumeOrder {
  readonly zone: string | undefined;
  readonly zoneId: string | undefined;
  /** Without it: the size of the snapshot. */
  readonly sizeGiB: number | undefined;
  readonly snapshotId: string | undefined;
  readonly type: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly multiAttach: boolean;
  readonly tags: Tags;
}

type VolumeCall = Pick<
  Call,
  'state' | 'world' | 'accountId' | 'region' | 'nowMs' | 'settings' | 'random' | 'zonesDown'
>;

/** Puts it into the state of the region, `creating`. */
export function makeVolume(order: VolumeOrder, call: VolumeCall): Volume {
  const zone = chooseZone(order, call.state);
  if (call.zonesDown.has(zone)) {
    throw new AwsError(
      'InsufficientVolumeCapacity',
      `There is no capacity for volumes in ${zone} just now.`,
      {
        status: 500,
      },
    );
  }
  const snapshot = order.snapshotId === undefined ? undefined : findUsableSnapshot(order.snapshotId, call);
  const sizeGiB = order.sizeGiB ?? snapshot?.sizeGiB;
  if (sizeGiB === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter size/snapshot');
  }
  if (snapshot && sizeGiB < snapshot.sizeGiB) {
    throw new AwsError(
      'InvalidParameterValue',
      `Volume of ${sizeGiB}GiB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.sizeGiB}GiB`,
    );
  }
  const volume: Volume = {
    ...checkVolumeShape({ ...order, sizeGiB }),
    id: newResourceId(call.random, 'vol'),
    accountId: call.accountId,
    region: call.region,
    zone,
    encrypted: order.encrypted || snapshot?.encrypted === true,
    snapshotId: snapshot?.id,
    createdAtMs: call.nowMs,
    phase: 'creating',
    dueAtMs: call.nowMs + call.settings.transitionMs,
    attachments: [],
    modification: undefined,
    tags: order.tags,
  };
  call.state.volumes.put(volume);
  return volume;
}

function chooseZone({ zone, zoneId }: VolumeOrder, { zones }: RegionState): string {
  if (zone === undefined && zoneId === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter AvailabilityZone');
  }
  const found = zones.find(({ name, id }) => name === (zone ?? name) && id === (zoneId ?? id));
  if (found) return found.name;
  throw new AwsError(
    'InvalidZone.NotFound',
    `The zone '${(zone ?? zoneId ?? '').slice(0, 100)}' does not exist.`,
  );
}
