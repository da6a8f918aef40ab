// How each listing of EC2 is made. What there is to be listed, and how often, is in poll-groups.ts.
import { describeAddresses } from '../describe/describe-addresses.ts';
import { describeDatacenters } from '../describe/describe-datacenters.ts';
import { describeInstanceTypes } from '../describe/describe-instance-types.ts';
import { describeInstances } from '../describe/describe-instances.ts';
import { describePlacementGroups } from '../describe/describe-placement-groups.ts';
import { describeSecurityGroupRules } from '../describe/describe-security-group-rules.ts';
import { describeSecurityGroups } from '../describe/describe-security-groups.ts';
import { describeSshKeys } from '../describe/describe-ssh-keys.ts';
import { describeVolumeTypes } from '../describe/describe-volume-types.ts';
import { describeVolumes } from '../describe/describe-volumes.ts';
import type { Ec2ListingName } from '../poll-groups.ts';
import { listByZone } from './list-by-zone.ts';
import { listImages } from './list-images.ts';
import { listNetworks } from './list-networks.ts';
import { listPublishedImages } from './list-published-images.ts';
import { listPublishedSnapshots } from './list-published-snapshots.ts';
import { listSnapshots } from './list-snapshots.ts';
import { type Listing, listingOf } from './listing.ts';

export const listings: Readonly<Record<Ec2ListingName, Listing>> = {
  instances: listByZone(describeInstances),
  volumes: listByZone(describeVolumes),
  addresses: listingOf((deps, signal) => describeAddresses(deps, {}, signal)),
  'security-groups': listingOf(
    (deps, signal) => describeSecurityGroups(deps, {}, signal),
    (deps, signal) => describeSecurityGroupRules(deps, {}, signal),
  ),
  networks: listNetworks,
  'ssh-keys': listingOf((deps, signal) => describeSshKeys(deps, {}, signal)),
  'placement-groups': listingOf((deps, signal) => describePlacementGroups(deps, {}, signal)),
  images: listImages,
  snapshots: listSnapshots,
  datacenters: listingOf((deps, signal) => describeDatacenters(deps, {}, signal)),
  'instance-types': listingOf((deps, signal) => describeInstanceTypes(deps, {}, signal)),
  'volume-types': listingOf(describeVolumeTypes),
  'published-images': listPublishedImages,
  'published-snapshots': listPublishedSnapshots,
};
