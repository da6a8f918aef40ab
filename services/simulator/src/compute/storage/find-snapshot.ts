// Finds snapshots that the caller may see, and refuses ids as EC2 does: somebody's private snapshot does not exist.

import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { findByIds, type IdKind } from '../find-by-ids.ts';
import { refuseStranger } from '../refuse-stranger.ts';
import { snapshotState, type VolumeSnapshot } from './volume-snapshot.ts';

export const snapshotKind: IdKind = {
  prefix: 'snap',
  name: 'snapshot',
  malformed: 'InvalidParameterValue',
  notFound: 'InvalidSnapshot.NotFound',
};

/** All or nothing, out of the given ones. */
export function findSnapshots(ids: readonly string[], visible: readonly VolumeSnapshot[]): VolumeSnapshot[] {
  const byId = new Map(visible.map((snapshot) => [snapshot.id, snapshot]));
  return findByIds(ids, (id) => byId.get(id), snapshotKind);
}

type SnapshotCall = Pick<Call, 'world' | 'accountId' | 'region' | 'nowMs'>;

/** One from which a volume or an image can be made: own, shared with the caller or public, and completed. */
export function findUsableSnapshot(
  id: string,
  { world, accountId, region, nowMs }: SnapshotCall,
): VolumeSnapshot {
  const [snapshot] = findSnapshots([id], world.snapshotsFor(accountId, region));
  if (!snapshot || snapshotState(snapshot, nowMs) === 'completed') return orMissing(snapshot, id);
  throw new AwsError('IncorrectState', `Snapshot '${id}' is still pending; it must be completed first.`);
}

/** One that only its owner may change. */
export function findOwnSnapshot(
  id: string,
  action: string,
  call: Pick<Call, 'world' | 'accountId' | 'region' | 'principal'>,
): VolumeSnapshot {
  const [snapshot] = findSnapshots([id], call.world.snapshotsFor(call.accountId, call.region));
  return refuseStranger(orMissing(snapshot, id), action, call);
}

function orMissing(snapshot: VolumeSnapshot | undefined, id: string): VolumeSnapshot {
  if (snapshot) return snapshot;
  throw new AwsError(snapshotKind.notFound, `The snapshot '${id}' does not exist.`);
}
