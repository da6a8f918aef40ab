// What one account has in one region. Reads settle: nobody ever sees an instance that time has overtaken.
import type { Image } from './image.ts';
import { settleImage } from './image.ts';
import type { Instance } from './instance.ts';
import { settleInstance } from './instance-lifecycle.ts';
import { defaultNetwork, type Network, type Zone, zonesOf } from './zones.ts';

/** What a RunInstances with this client token did, for when it comes again. */
interface RememberedLaunch {
  readonly fingerprint: string;
  readonly reservationId: string;
  readonly instanceIds: readonly string[];
}

export interface RegionState {
  readonly accountId: string;
  readonly region: string;
  readonly zones: readonly Zone[];
  readonly network: Network;
  /** By client token. */
  readonly launches: Map<string, RememberedLaunch>;
  instances(): Instance[];
  instance(id: string): Instance | undefined;
  putInstance(instance: Instance): void;
  ownImages(): Image[];
  putImage(image: Image): void;
  /** Counts up: the number of the next launch or address. */
  nextNumber(): number;
}

interface RegionStateOptions {
  readonly accountId: string;
  readonly region: string;
  readonly images: readonly Image[];
  readonly nowMs: () => number;
  readonly terminatedLingerMs: () => number;
}

export function createRegionState(options: RegionStateOptions): RegionState {
  const { accountId, region, nowMs, terminatedLingerMs } = options;
  const instances = new Map<string, Instance>();
  const images = new Map(options.images.map((image) => [image.id, image]));
  let number = 0;

  const settled = (instance: Instance) => {
    const now = settleInstance(instance, nowMs(), terminatedLingerMs());
    if (now) instances.set(instance.id, now);
    else instances.delete(instance.id);
    return now;
  };

  return {
    accountId,
    region,
    zones: zonesOf(region),
    network: defaultNetwork(accountId, region),
    launches: new Map(),

    instances: () => [...instances.values()].flatMap((instance) => settled(instance) ?? []),

    instance: (id) => {
      const instance = instances.get(id);
      return instance && settled(instance);
    },

    putInstance: (instance) => void instances.set(instance.id, instance),

    ownImages: () =>
      [...images.values()].flatMap((image) => {
        const now = settleImage(image, nowMs());
        if (now) images.set(image.id, now);
        else images.delete(image.id);
        return now ?? [];
      }),

    putImage: (image) => void images.set(image.id, image),

    nextNumber: () => number++,
  };
}
