// All types of resources that have tags, by the prefixes of their ids: what CreateTags, DeleteTags, DescribeTags and
// the control functions go through. A new type is a table in the region's state and a line here.
import type { Tags } from '../listing/filters.ts';
import { idKinds } from '../network/id-kinds.ts';
import type { IdKind } from './find-by-ids.ts';
import { instanceKind } from './find-instances.ts';
import type { RegionState } from './region-state.ts';
import type { ResourceTable } from './resource-table.ts';
import { snapshotKind } from './storage/find-snapshot.ts';
import { volumeKind } from './storage/volume-kind.ts';
import type { TaggableType } from './tags.ts';

interface TaggedResource {
  readonly id: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

interface ResourceKind extends IdKind {
  /** As DescribeTags calls it. */
  readonly type: TaggableType;
  readonly table: (state: RegionState) => ResourceTable<TaggedResource>;
}

const imageKind: IdKind = {
  prefix: 'ami',
  name: 'image',
  malformed: 'InvalidAMIID.Malformed',
  notFound: 'InvalidAMIID.NotFound',
};

export const resourceKinds: readonly ResourceKind[] = [
  { ...instanceKind, type: 'instance', table: (state) => state.instanceTable },
  { ...imageKind, type: 'image', table: (state) => state.imageTable },
  { ...volumeKind, type: 'volume', table: (state) => state.volumes },
  { ...snapshotKind, type: 'snapshot', table: (state) => state.snapshots },
  { ...idKinds.vpc, type: 'vpc', table: (state) => state.vpcs },
  { ...idKinds.subnet, type: 'subnet', table: (state) => state.subnets },
  { ...idKinds.securityGroup, type: 'security-group', table: (state) => state.securityGroups },
  { ...idKinds.securityGroupRule, type: 'security-group-rule', table: (state) => state.securityGroupRules },
  { ...idKinds.keyPair, type: 'key-pair', table: (state) => state.keyPairs },
  { ...idKinds.address, type: 'elastic-ip', table: (state) => state.addresses },
  { ...idKinds.placementGroup, type: 'placement-group', table: (state) => state.placementGroups },
];

export function kindOfId(id: string): ResourceKind | undefined {
  return resourceKinds.find(({ prefix }) => id.startsWith(`${prefix}-`));
}
