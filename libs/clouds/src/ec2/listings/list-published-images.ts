// The public images of the owners that the operator chose. The whole public catalogue would be hundreds of thousands,
// anybody's among them.
import { imageBody } from '../bodies/image-body.ts';
import { imagePages } from '../describe/image-pages.ts';
import type { Listing } from './listing.ts';

export const listPublishedImages: Listing = async function* (deps, signal) {
  const { publishedImageOwners, onUnknownState } = deps;
  if (publishedImageOwners.length === 0) return;
  const which = { Owners: [...publishedImageOwners], Filters: [{ Name: 'is-public', Values: ['true'] }] };
  for await (const page of imagePages(deps, which, signal)) {
    yield { items: page.map((image) => imageBody(image, { sharedWithUs: false, onUnknownState })) };
  }
};
