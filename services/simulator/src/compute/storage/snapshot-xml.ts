// A snapshot as EC2 writes it down. Tags belong to the account that set them: others do not see them.
import type { Tags } from '../../listing/filters.ts';
import type { XmlObject } from '../../xml.ts';
import { tagSetOf } from '../tags.ts';
import { snapshotProgress, snapshotState, type VolumeSnapshot } from './volume-snapshot.ts';

interface Writing {
  readonly accountId: string;
  readonly nowMs: number;
  readonly noTags: boolean;
  shuffled<T>(items: readonly T[]): T[];
}

export function writeSnapshot(snapshot: VolumeSnapshot, writing: Writing): XmlObject {
  const state = snapshotState(snapshot, writing.nowMs);
  return {
    snapshotId: snapshot.id,
    volumeId: snapshot.volumeId,
    status: state,
    startTime: new Date(snapshot.createdAtMs),
    completionTime: state === 'completed' ? new Date(snapshot.completedAtMs) : undefined,
    progress: snapshotProgress(snapshot, writing.nowMs),
    ownerId: snapshot.ownerId,
    ownerAlias: snapshot.ownerAlias,
    volumeSize: snapshot.sizeGiB,
    description: snapshot.description,
    encrypted: snapshot.encrypted,
    storageTier: 'standard',
    tagSet: tagSetOf(snapshotTagsSeen(snapshot, writing), writing),
  };
}

export function snapshotTagsSeen(
  { ownerId, tags }: VolumeSnapshot,
  { accountId }: { readonly accountId: string },
): Tags {
  return ownerId === accountId ? tags : new Map();
}
