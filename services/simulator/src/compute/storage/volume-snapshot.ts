// A snapshot of a volume. It is `pending` until a moment that is known from the start, so nothing has to be settled.
import type { Tags } from '../../listing/filters.ts';
import type { Image } from '../image.ts';
import type { Sharing } from '../sharing.ts';
import { stableId } from '../zones.ts';

export interface VolumeSnapshot extends Sharing {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerAlias: string | undefined;
  readonly region: string;
  /** The volume need not be there any more. */
  readonly volumeId: string;
  readonly sizeGiB: number;
  readonly encrypted: boolean;
  readonly description: string;
  readonly createdAtMs: number;
  readonly completedAtMs: number;
  readonly tags: Tags;
}

/** What EC2 shows as the volume of a snapshot that was copied. */
export const copiedVolumeId = 'vol-ffffffff';

export function snapshotState({ completedAtMs }: VolumeSnapshot, nowMs: number): 'pending' | 'completed' {
  return nowMs < completedAtMs ? 'pending' : 'completed';
}

/** `0%` to `100%`. */
export function snapshotProgress({ createdAtMs, completedAtMs }: VolumeSnapshot, nowMs: number): string {
  if (nowMs >= completedAtMs) return '100%';
  return `${Math.max(0, Math.floor((100 * (nowMs - createdAtMs)) / (completedAtMs - createdAtMs)))}%`;
}

/** The snapshot from which an image of an account was made at the start, shared with whom the image is. */
export function seedRootSnapshot(image: Image, region: string): VolumeSnapshot {
  return {
    id: image.rootSnapshotId,
    ownerId: image.ownerId,
    ownerAlias: image.ownerAlias,
    region,
    volumeId: copiedVolumeId,
    sizeGiB: image.rootSizeGiB,
    encrypted: false,
    description: `Root of ${image.id}`,
    isPublic: image.isPublic,
    sharedWith: image.sharedWith,
    createdAtMs: image.createdAtMs,
    completedAtMs: image.createdAtMs,
    tags: new Map(),
  };
}

const publicData: readonly (readonly [name: string, sizeGiB: number])[] = [
  ['Simulated open data: genomes', 200],
  ['Simulated open data: census', 60],
  ['Simulated open data: maps', 80],
  ['Simulated open data: encyclopaedia', 500],
];

/** The public snapshots of a region, of the cloud's own account. Same names everywhere, other ids in each region. */
export function publicSnapshots(ownerId: string, region: string): VolumeSnapshot[] {
  return publicData.map(([description, sizeGiB]) => ({
    id: stableId('snap', `${ownerId}/${region}/${description}`),
    ownerId,
    ownerAlias: 'amazon',
    region,
    volumeId: copiedVolumeId,
    sizeGiB,
    encrypted: false,
    description,
    isPublic: true,
    sharedWith: [],
    createdAtMs: Date.UTC(2026, 0, 5, 9, 0, 0),
    completedAtMs: Date.UTC(2026, 0, 5, 9, 30, 0),
    tags: new Map(),
  }));
}
