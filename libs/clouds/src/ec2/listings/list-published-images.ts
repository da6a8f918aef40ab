// The public images of the owners that the operator chose. The whole public catalogue would be hundreds of thousands,
// anybody's among them.
import { imagePages } from './list-images.ts';
import type { Listing } from './listing.ts';

export const listPublishedImages: Listing = async function* (deps, signal) {
  if (deps.publishedImageOwners.length === 0) return;
  const which = {
    Owners: [...deps.publishedImageOwners],
    Filters: [{ Name: 'is-public', Values: ['true'] }],
  };
  yield* imagePages(deps, which, { sharedWithUs: false }, signal);
};
