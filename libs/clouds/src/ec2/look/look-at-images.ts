import type { Image } from '@aws-sdk/client-ec2';
import type { ImageBody } from '@cloud-gateway/contracts';
import { imageBody } from '../bodies/image-body.ts';
import type { DescribeDeps } from '../describe/describe.ts';
import { imagePages } from '../describe/image-pages.ts';
import { knownOf } from './known-of.ts';

/** The account's own images, and others that it may use. */
export async function lookAtImages(
  deps: DescribeDeps,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ImageBody[]> {
  const images = await knownOf(ids, async (ImageIds) => {
    const found: Image[] = [];
    const which = { ImageIds: [...ImageIds], IncludeDeprecated: true, IncludeDisabled: true };
    for await (const page of imagePages(deps, which, signal)) found.push(...page);
    return found;
  });
  const { onUnknownState } = deps;
  return images.map((image) =>
    imageBody(image, { sharedWithUs: image.OwnerId !== deps.cloudAccountId, onUnknownState }),
  );
}
