// The account's own images, then those that others have shared with it by name. Published ones are another listing.
import { DescribeImagesCommand, type DescribeImagesCommandInput } from '@aws-sdk/client-ec2';
import type { ResourceBody } from '@cloud-gateway/contracts';
import { imageBody } from '../bodies/image-body.ts';
import type { Listing, ListingDeps } from './listing.ts';
import { pages } from './pages.ts';

export const listImages: Listing = async function* (deps, signal) {
  const own = new Set<string>();
  for await (const page of imagePages(deps, { Owners: ['self'] }, { sharedWithUs: false }, signal)) {
    for (const image of page) own.add(image.cloudId);
    yield page;
  }
  // An image that its owner shared with itself is in both listings.
  for await (const page of imagePages(deps, { ExecutableUsers: ['self'] }, { sharedWithUs: true }, signal)) {
    yield page.filter((image) => !own.has(image.cloudId));
  }
};

export async function* imagePages(
  { ec2, call, pageSize, onUnknownState }: ListingDeps,
  which: DescribeImagesCommandInput,
  { sharedWithUs }: { readonly sharedWithUs: boolean },
  signal: AbortSignal,
): AsyncGenerator<ResourceBody[], void, undefined> {
  const listing = pages((token) =>
    call.read('DescribeImages', signal, (options) =>
      ec2.send(new DescribeImagesCommand({ ...which, MaxResults: pageSize, ...token }), options),
    ),
  );
  for await (const { Images = [] } of listing) {
    yield Images.map((image) => imageBody(image, { sharedWithUs, onUnknownState }));
  }
}
