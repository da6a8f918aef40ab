// The listings of EC2 and how often each is worth asking for: what the poller schedules. listings/listings.ts makes them;
// it needs the SDK, this table does not.
import type { PollGroup } from '../cloud.ts';

export type Ec2ListingName =
  | 'instances'
  | 'volumes'
  | 'addresses'
  | 'security-groups'
  | 'networks'
  | 'ssh-keys'
  | 'placement-groups'
  | 'images'
  | 'snapshots'
  | 'datacenters'
  | 'instance-types'
  | 'volume-types'
  | 'published-images'
  | 'published-snapshots';

export interface Ec2PollGroup extends PollGroup {
  readonly name: Ec2ListingName;
}

export interface PublishedOwners {
  readonly publishedImageOwners: readonly string[];
  readonly publishedSnapshotOwners: readonly string[];
}

/** Leaves out the listings of what is published where the operator chose nobody. */
export function ec2PollGroups({
  publishedImageOwners,
  publishedSnapshotOwners,
}: PublishedOwners): readonly Ec2PollGroup[] {
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
  { name: 'instances', types: ['instance'], scope: 'account', intervalMs: busy },
  { name: 'volumes', types: ['volume', 'volume-attachment'], scope: 'account', intervalMs: busy },
  { name: 'addresses', types: ['ip-address', 'ip-address-binding'], scope: 'account', intervalMs: quiet },
  {
    name: 'security-groups',
    types: ['security-group', 'security-group-rule'],
    scope: 'account',
    intervalMs: quiet,
  },
  { name: 'networks', types: ['network', 'subnet'], scope: 'account', intervalMs: quiet },
  { name: 'ssh-keys', types: ['ssh-key'], scope: 'account', intervalMs: quiet },
  { name: 'placement-groups', types: ['placement-group'], scope: 'account', intervalMs: quiet },
  { name: 'images', types: ['image'], scope: 'account', intervalMs: slow },
  { name: 'snapshots', types: ['volume-snapshot'], scope: 'account', intervalMs: slow },
  { name: 'datacenters', types: ['datacenter'], scope: 'account', intervalMs: catalogue },
  { name: 'instance-types', types: ['instance-type'], scope: 'account', intervalMs: catalogue },
  { name: 'volume-types', types: ['volume-type'], scope: 'account', intervalMs: catalogue },
];

const publishedImages: Ec2PollGroup = {
  name: 'published-images',
  types: ['image'],
  scope: 'published',
  intervalMs: catalogue,
};

const publishedSnapshots: Ec2PollGroup = {
  name: 'published-snapshots',
  types: ['volume-snapshot'],
  scope: 'published',
  intervalMs: catalogue,
};
