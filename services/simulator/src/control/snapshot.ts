// The true state of an account in a region, as plain data: without lag, without faults, in the order of ids.
import type { Image } from '../compute/image.ts';
import type { Instance } from '../compute/instance.ts';
import { hasPublicAddress } from '../compute/instance-xml.ts';
import type { RegionState } from '../compute/region-state.ts';

type WithPlainTags<T> = Omit<T, 'tags'> & { readonly tags: Readonly<Record<string, string>> };

export interface Snapshot {
  /** `publicIp` is undefined unless the instance runs. */
  readonly instances: readonly (Omit<WithPlainTags<Instance>, 'publicIp'> & {
    readonly publicIp: string | undefined;
  })[];
  /** The account's own ones. */
  readonly images: readonly WithPlainTags<Image>[];
}

export function takeSnapshot(state: RegionState): Snapshot {
  return {
    instances: state
      .instances()
      .sort(byId)
      .map((instance) => ({
        ...instance,
        publicIp: hasPublicAddress(instance) ? instance.publicIp : undefined,
        tags: Object.fromEntries(instance.tags),
      })),
    images: state
      .ownImages()
      .sort(byId)
      .map((image) => ({ ...image, tags: Object.fromEntries(image.tags) })),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
