// The true state of an account in a region, as plain data: without lag, without faults, in the order of ids.
import type { Image } from '../compute/image.ts';
import type { Instance } from '../compute/instance.ts';
import { publicAddressOf } from '../compute/instance-xml.ts';
import type { RegionState } from '../compute/region-state.ts';
import { type Volume, type VolumeState, volumeState } from '../compute/storage/volume.ts';
import type { VolumeSnapshot } from '../compute/storage/volume-snapshot.ts';
import type { Tags } from '../listing/filters.ts';
import type { Address } from '../network/address.ts';
import type { KeyPair } from '../network/key-pair.ts';
import type { PlacementGroup } from '../network/placement-group.ts';
import type { SecurityGroup } from '../network/security-group.ts';
import type { SecurityGroupRule } from '../network/security-group-rule.ts';
import type { Subnet } from '../network/subnet.ts';
import type { Vpc } from '../network/vpc.ts';

type WithPlainTags<T> = Omit<T, 'tags'> & { readonly tags: Readonly<Record<string, string>> };

export interface Snapshot {
  /** `publicIp` is what can be reached now: the elastic one, or its own while it runs. */
  readonly instances: readonly (Omit<WithPlainTags<Instance>, 'publicIp'> & {
    readonly publicIp: string | undefined;
  })[];
  /** The account's own ones. */
  readonly images: readonly WithPlainTags<Image>[];
  readonly vpcs: readonly WithPlainTags<Vpc>[];
  readonly subnets: readonly WithPlainTags<Subnet>[];
  readonly securityGroups: readonly WithPlainTags<SecurityGroup>[];
  readonly securityGroupRules: readonly WithPlainTags<SecurityGroupRule>[];
  readonly keyPairs: readonly WithPlainTags<KeyPair>[];
  readonly addresses: readonly WithPlainTags<Address>[];
  readonly placementGroups: readonly WithPlainTags<PlacementGroup>[];
  readonly volumes: readonly (WithPlainTags<Volume> & { readonly state: VolumeState })[];
  /** The account's own ones. */
  readonly volumeSnapshots: readonly WithPlainTags<VolumeSnapshot>[];
}

export function takeSnapshot(state: RegionState): Snapshot {
  return {
    instances: state
      .instances()
      .sort(byId)
      .map((instance) => ({
        ...instance,
        publicIp: publicAddressOf(instance),
        tags: Object.fromEntries(instance.tags),
      })),
    images: plain(state.imageTable),
    vpcs: plain(state.vpcs),
    subnets: plain(state.subnets),
    securityGroups: plain(state.securityGroups),
    securityGroupRules: plain(state.securityGroupRules),
    keyPairs: plain(state.keyPairs),
    addresses: plain(state.addresses),
    placementGroups: plain(state.placementGroups),
    volumes: plain(state.volumes).map((volume) => ({ ...volume, state: volumeState(volume) })),
    volumeSnapshots: plain(state.snapshots),
  };
}

function plain<T extends { readonly id: string; readonly tags: Tags }>(table: {
  all(): T[];
}): WithPlainTags<T>[] {
  return table
    .all()
    .sort(byId)
    .map((resource) => ({ ...resource, tags: Object.fromEntries(resource.tags) }));
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
