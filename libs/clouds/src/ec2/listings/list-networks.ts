// Networks, which are in no zone, and subnets, which each are in one.
import { describeNetworks } from '../describe/describe-networks.ts';
import { describeSubnets } from '../describe/describe-subnets.ts';
import { listByZone } from './list-by-zone.ts';
import { type Listing, listingOf } from './listing.ts';

const networks = listingOf((deps, signal) => describeNetworks(deps, {}, signal));
const subnets = listByZone(describeSubnets);

export const listNetworks: Listing = async function* (deps, signal) {
  yield* networks(deps, signal);
  yield* subnets(deps, signal);
};
