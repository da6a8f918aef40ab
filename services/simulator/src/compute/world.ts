// The whole cloud: the state of every account in every region, and the images that cross their borders.
import { type Image, isVisibleTo, publicImages, seedPrivateImages } from './image.ts';
import { createRegionState, type RegionState } from './region-state.ts';

export interface World {
  readonly regions: readonly string[];
  regionState(accountId: string, region: string): RegionState;
  /** Every image that the account may launch: public, its own, and shared with it. */
  imagesFor(accountId: string, region: string): Image[];
}

interface WorldOptions {
  readonly regions: readonly string[];
  /** The accounts that exist from the start; each shares an image with the next. */
  readonly accountIds: readonly string[];
  readonly nowMs: () => number;
  readonly terminatedLingerMs: () => number;
}

export function createWorld({ regions, accountIds, nowMs, terminatedLingerMs }: WorldOptions): World {
  const states = new Map<string, RegionState>();
  const catalogues = new Map(regions.map((region) => [region, publicImages(region)]));

  const regionState = (accountId: string, region: string): RegionState => {
    const name = `${accountId}/${region}`;
    const known = states.get(name);
    if (known) return known;
    const state = createRegionState({
      accountId,
      region,
      images: seedPrivateImages(accountId, region, sharesWith(accountIds, accountId)),
      nowMs,
      terminatedLingerMs,
    });
    states.set(name, state);
    return state;
  };

  // Made now, so that what an account shares is there before that account's first call.
  for (const accountId of accountIds) for (const region of regions) regionState(accountId, region);

  return {
    regions,
    regionState,
    imagesFor(accountId, region) {
      regionState(accountId, region);
      const inRegion = [...states.values()].filter((state) => state.region === region);
      const owned = inRegion.flatMap((state) => state.ownImages());
      return [...(catalogues.get(region) ?? []), ...owned].filter((image) => isVisibleTo(image, accountId));
    },
  };
}

function sharesWith(accountIds: readonly string[], accountId: string): string[] {
  if (accountIds.length < 2) return [];
  const next = accountIds[(accountIds.indexOf(accountId) + 1) % accountIds.length];
  return next === undefined ? [] : [next];
}
