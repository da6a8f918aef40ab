// The account's own images, then those that others have shared with it by name. Published ones of others are another
// listing. Deprecated and disabled ones are asked for, or they would seem to be gone.
import { imageBody } from '../bodies/image-body.ts';
import { imagePages } from '../describe/image-pages.ts';
import type { Listing } from './listing.ts';

export const listImages: Listing = async function* (deps, signal) {
  const { onUnknownState } = deps;
  const ownWhich = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };
  for await (const page of imagePages(deps, ownWhich, signal)) {
    yield { items: page.map((image) => imageBody(image, { sharedWithUs: false, onUnknownState })) };
  }
  const sharedWhich = { ExecutableUsers: ['self'], IncludeDeprecated: true };
  for await (const page of imagePages(deps, sharedWhich, signal)) {
    // An image that its owner shared with itself is in both listings; one that is public by now as well is everybody's.
    const shared = page.filter((image) => image.OwnerId !== deps.cloudAccountId && image.Public !== true);
    yield { items: shared.map((image) => imageBody(image, { sharedWithUs: true, onUnknownState })) };
  }
};
