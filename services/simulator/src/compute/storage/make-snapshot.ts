// Makes a snapshot, of a volume or of another snapshot. It is `pending` for as long as everything takes here.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { Tags } from '../../listing/filters.ts';
import { newResourceId } from '../../random-source.ts';
import type { Volume } from './volume.ts';
import { copiedVolumeId, type VolumeSnapshot } from './volume-snapshot.ts';

type SnapshotCall = Pick<Call, 'state' | 'accountId' | 'region' | 'nowMs' | 'settings' | 'random'>;

interface Labels {
  readonly description: string;
  readonly tags: Tags;
}

export function snapshotVolume(volume: Volume, labels: Labels, call: SnapshotCall): VolumeSnapshot {
  if (volume.phase !== 'ready') {
    throw new AwsError('IncorrectState', `The volume '${volume.id}' is in the '${volume.phase}' state.`);
  }
  const { id: volumeId, sizeGiB, encrypted } = volume;
  return putSnapshot({ volumeId, sizeGiB, encrypted, ...labels }, call);
}

/** The source may be of another account and another region; the copy is the caller's own, here. */
export function copySnapshot(
  { sizeGiB, encrypted }: VolumeSnapshot,
  labels: Labels & { readonly encrypted: boolean },
  call: SnapshotCall,
): VolumeSnapshot {
  return putSnapshot(
    { ...labels, volumeId: copiedVolumeId, sizeGiB, encrypted: encrypted || labels.encrypted },
    call,
  );
}

type Content = Pick<VolumeSnapshot, 'volumeId' | 'sizeGiB' | 'encrypted' | 'description' | 'tags'>;

function putSnapshot(
  content: Content,
  { state, accountId, region, nowMs, settings, random }: SnapshotCall,
): VolumeSnapshot {
  const snapshot: VolumeSnapshot = {
    ...content,
    id: newResourceId(random, 'snap'),
    ownerId: accountId,
    ownerAlias: undefined,
    region,
    isPublic: false,
    sharedWith: [],
    createdAtMs: nowMs,
    completedAtMs: nowMs + settings.transitionMs,
  };
  state.snapshots.put(snapshot);
  return snapshot;
}
