// What one account has in one region. Reads settle: nobody ever sees an instance that time has overtaken.
import { createNetworkTables, type NetworkTables } from '../network/network-tables.ts';
import type { Image } from './image.ts';
import { settleImage } from './image.ts';
import type { Instance } from './instance.ts';
import { settleInstance } from './instance-lifecycle.ts';
import { createResourceTable, type ResourceTable, type TableTimes } from './resource-table.ts';
import type { Volume } from './storage/volume.ts';
import { settleVolume } from './storage/volume-lifecycle.ts';
import { seedRootSnapshot, type VolumeSnapshot } from './storage/volume-snapshot.ts';
import { type Zone, zonesOf } from './zones.ts';

/** What a RunInstances with this client token did, for when it comes again. */
interface RememberedLaunch {
  readonly fingerprint: string;
  readonly reservationId: string;
  readonly instanceIds: readonly string[];
}

export interface RegionState extends NetworkTables {
  readonly accountId: string;
  readonly region: string;
  readonly zones: readonly Zone[];
  /** By client token. */
  readonly launches: Map<string, RememberedLaunch>;
  readonly instanceTable: ResourceTable<Instance>;
  readonly imageTable: ResourceTable<Image>;
  readonly volumes: ResourceTable<Volume>;
  readonly snapshots: ResourceTable<VolumeSnapshot>;
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
  readonly times: TableTimes;
  readonly terminatedLingerMs: () => number;
}

export function createRegionState(options: RegionStateOptions): RegionState {
  const { accountId, region, times, terminatedLingerMs } = options;
  const instanceTable = createResourceTable<Instance>({
    ...times,
    settle: (instance, nowMs) => settleInstance(instance, nowMs, terminatedLingerMs()),
  });
  const imageTable = createResourceTable<Image>({ ...times, settle: settleImage });
  const volumes = createResourceTable<Volume>({
    ...times,
    settle: (volume, nowMs) => settleVolume(volume, nowMs, (id) => instanceTable.get(id)?.state),
  });
  const snapshots = createResourceTable<VolumeSnapshot>(times);
  for (const image of options.images) {
    imageTable.put(image);
    snapshots.put(seedRootSnapshot(image, region));
  }
  let number = 0;

  return {
    accountId,
    region,
    zones: zonesOf(region),
    ...createNetworkTables({ accountId, region, times, instance: instanceTable.get }),
    launches: new Map(),

    instanceTable,
    imageTable,
    volumes,
    snapshots,
    instances: instanceTable.all,
    instance: instanceTable.get,
    putInstance: instanceTable.put,
    ownImages: imageTable.all,
    putImage: imageTable.put,

    nextNumber: () => number++,
  };
}
