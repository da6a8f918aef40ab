// The whole cloud: the state of every account in every region, and the images and snapshots that cross their borders.
import { amazonAccountId, type Image, publicImages, seedPrivateImages } from './image.ts';
import { createRegionState, type RegionState } from './region-state.ts';
import type { TableTimes } from './resource-table.ts';
import { isVisibleTo, type Sharing } from './sharing.ts';
import { publicSnapshots, type VolumeSnapshot } from './storage/volume-snapshot.ts';

export interface World {
  readonly regions: readonly string[];
  regionState(accountId: string, region: string): RegionState;
  /** Every image that the account may launch: public, its own, and shared with it. */
  imagesFor(accountId: string, region: string): Image[];
  /** The same, as Describe calls see them. */
  imagesSeenBy(accountId: string, region: string): Image[];
  /** Every snapshot of which the account may make a volume: public, its own, and shared with it. */
  snapshotsFor(accountId: string, region: string): VolumeSnapshot[];
  /** The same, as Describe calls see them. */
  snapshotsSeenBy(accountId: string, region: string): VolumeSnapshot[];
}

interface WorldOptions {
  readonly regions: readonly string[];
  /** The accounts that exist from the start; each shares an image with the next. */
  readonly accountIds: readonly string[];
  readonly times: TableTimes;
  readonly terminatedLingerMs: () => number;
}

export function createWorld({ regions, accountIds, times, terminatedLingerMs }: WorldOptions): World {
  const states = new Map<string, RegionState>();
  const images = new Map(regions.map((region) => [region, publicImages(region)]));
  const snapshots = new Map(regions.map((region) => [region, publicSnapshots(amazonAccountId, region)]));

  const regionState = (accountId: string, region: string): RegionState => {
    const name = `${accountId}/${region}`;
    const known = states.get(name);
    if (known) return known;
    const state = createRegionState({
      accountId,
      region,
      images: seedPrivateImages(accountId, region, sharesWith(accountIds, accountId)),
      times,
      terminatedLingerMs,
    });
    states.set(name, state);
    return state;
  };

  // Made now, so that what an account shares is there before that account's first call.
  for (const accountId of accountIds) for (const region of regions) regionState(accountId, region);

  /** Out of the cloud's own ones and those of all accounts. */
  const visibleTo = <T extends Sharing & { readonly ownerId: string }>(
    accountId: string,
    region: string,
    catalogues: ReadonlyMap<string, readonly T[]>,
    ownedOf: (state: RegionState) => readonly T[],
  ): T[] => {
    regionState(accountId, region);
    const owned = [...states.values()].filter((state) => state.region === region).flatMap(ownedOf);
    return [...(catalogues.get(region) ?? []), ...owned].filter((each) => isVisibleTo(each, accountId));
  };

  return {
    regions,
    regionState,
    imagesFor: (accountId, region) =>
      visibleTo(accountId, region, images, ({ imageTable }) => imageTable.all()),
    imagesSeenBy: (accountId, region) =>
      visibleTo(accountId, region, images, ({ imageTable }) => imageTable.allSeen()),
    snapshotsFor: (accountId, region) =>
      visibleTo(accountId, region, snapshots, (state) => state.snapshots.all()),
    snapshotsSeenBy: (accountId, region) =>
      visibleTo(accountId, region, snapshots, (state) => state.snapshots.allSeen()),
  };
}

function sharesWith(accountIds: readonly string[], accountId: string): string[] {
  if (accountIds.length < 2) return [];
  const next = accountIds[(accountIds.indexOf(accountId) + 1) % accountIds.length];
  return next === undefined ? [] : [next];
}
