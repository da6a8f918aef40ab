// The listings of EC2 and how often each is worth asking for. One table: what the poller schedules, and what is called.
import type { PollGroup } from '../cloud.ts';
import { describeAddresses } from './describe/describe-addresses.ts';
import { describeDatacenters } from './describe/describe-datacenters.ts';
import { describeInstanceTypes } from './describe/describe-instance-types.ts';
import { describeInstances } from './describe/describe-instances.ts';
import { describePlacementGroups } from './describe/describe-placement-groups.ts';
import { describeSecurityGroupRules } from './describe/describe-security-group-rules.ts';
import { describeSecurityGroups } from './describe/describe-security-groups.ts';
import { describeSshKeys } from './describe/describe-ssh-keys.ts';
import { describeVolumeTypes } from './describe/describe-volume-types.ts';
import { describeVolumes } from './describe/describe-volumes.ts';
import { listByZone } from './listings/list-by-zone.ts';
import { listImages } from './listings/list-images.ts';
import { listNetworks } from './listings/list-networks.ts';
import { listPublishedImages } from './listings/list-published-images.ts';
import { listPublishedSnapshots } from './listings/list-published-snapshots.ts';
import { listSnapshots } from './listings/list-snapshots.ts';
import { type Listing, type ListingDeps, listingOf } from './listings/listing.ts';

export interface Ec2PollGroup extends PollGroup {
  readonly list: Listing;
}

/** Leaves out the listings of what is published where the operator chose nobody. */
export function ec2PollGroups({
  publishedImageOwners,
  publishedSnapshotOwners,
}: Pick<ListingDeps, 'publishedImageOwners' | 'publishedSnapshotOwners'>): readonly Ec2PollGroup[] {
  return [
    ...accountGroups,
    ...(publishedImageOwners.length > 0 ? [publishedImages] : []),
    ...(publishedSnapshotOwners.length > 0 ? [publishedSnapshots] : []),
  ];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

// Servers and disks change all the time, by themselves too.
const busy = { floor: 2 * second, normal: 30 * second, ceiling: 10 * minute };
// What is around them changes when somebody changes it.
const quiet = { floor: 5 * second, normal: minute, ceiling: 15 * minute };
// What takes minutes to be made; a look earlier would show nothing new.
const slow = { floor: 30 * second, normal: minute, ceiling: 10 * minute };
const catalogue = { floor: hour, normal: hour, ceiling: 24 * hour };

const accountGroups: readonly Ec2PollGroup[] = [
  {
    name: 'instances',
    types: ['instance'],
    scope: 'account',
    intervalMs: busy,
    list: listByZone(describeInstances),
  },
  {
    name: 'volumes',
    types: ['volume', 'volume-attachment'],
    scope: 'account',
    intervalMs: busy,
    list: listByZone(describeVolumes),
  },
  {
    name: 'addresses',
    types: ['ip-address', 'ip-address-binding'],
    scope: 'account',
    intervalMs: quiet,
    list: listingOf((deps, signal) => describeAddresses(deps, {}, signal)),
  },
  {
    name: 'security-groups',
    types: ['security-group', 'security-group-rule'],
    scope: 'account',
    intervalMs: quiet,
    list: listingOf(
      (deps, signal) => describeSecurityGroups(deps, {}, signal),
      (deps, signal) => describeSecurityGroupRules(deps, {}, signal),
    ),
  },
  {
    name: 'networks',
    types: ['network', 'subnet'],
    scope: 'account',
    intervalMs: quiet,
    list: listNetworks,
  },
  {
    name: 'ssh-keys',
    types: ['ssh-key'],
    scope: 'account',
    intervalMs: quiet,
    list: listingOf((deps, signal) => describeSshKeys(deps, {}, signal)),
  },
  {
    name: 'placement-groups',
    types: ['placement-group'],
    scope: 'account',
    intervalMs: quiet,
    list: listingOf((deps, signal) => describePlacementGroups(deps, {}, signal)),
  },
  {
    name: 'images',
    types: ['image'],
    scope: 'account',
    intervalMs: slow,
    list: listImages,
  },
  {
    name: 'snapshots',
    types: ['volume-snapshot'],
    scope: 'account',
    intervalMs: slow,
    list: listSnapshots,
  },
  {
    name: 'datacenters',
    types: ['datacenter'],
    scope: 'account',
    intervalMs: catalogue,
    list: listingOf((deps, signal) => describeDatacenters(deps, {}, signal)),
  },
  {
    name: 'instance-types',
    types: ['instance-type'],
    scope: 'account',
    intervalMs: catalogue,
    list: listingOf((deps, signal) => describeInstanceTypes(deps, {}, signal)),
  },
  {
    name: 'volume-types',
    types: ['volume-type'],
    scope: 'account',
    intervalMs: catalogue,
    list: listingOf(describeVolumeTypes),
  },
];

const publishedImages: Ec2PollGroup = {
  name: 'published-images',
  types: ['image'],
  scope: 'published',
  intervalMs: catalogue,
  list: listPublishedImages,
};

const publishedSnapshots: Ec2PollGroup = {
  name: 'published-snapshots',
  types: ['volume-snapshot'],
  scope: 'published',
  intervalMs: catalogue,
  list: listPublishedSnapshots,
};
