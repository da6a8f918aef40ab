import type { ListingPage } from '../../cloud.ts';
import type { Bodies, DescribeDeps } from '../describe/describe.ts';
import type { PublishedOwners } from '../poll-groups.ts';

/** What a listing works with. */
export interface ListingDeps extends DescribeDeps, PublishedOwners {}

export type Listing = (
  deps: ListingDeps,
  signal: AbortSignal,
) => AsyncGenerator<ListingPage, void, undefined>;

/** A listing that is these calls of EC2, one after the other, each in full. */
export function listingOf(...calls: ((deps: ListingDeps, signal: AbortSignal) => Bodies)[]): Listing {
  return async function* (deps, signal) {
    for (const call of calls) {
      for await (const items of call(deps, signal)) yield { items };
    }
  };
}
