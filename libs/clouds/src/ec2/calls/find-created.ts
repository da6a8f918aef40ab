// Finds what a request has made, by the tag that it put on it.
import type { CreatableType, ResourceBody } from '@cloud-gateway/contracts';
import { imageBody } from '../bodies/image-body.ts';
import { volumeSnapshotBody } from '../bodies/volume-snapshot-body.ts';
import type { Describe, DescribeDeps, Which } from '../describe/describe.ts';
import { describeAddresses } from '../describe/describe-addresses.ts';
import { describeInstances } from '../describe/describe-instances.ts';
import { describeNetworks } from '../describe/describe-networks.ts';
import { describePlacementGroups } from '../describe/describe-placement-groups.ts';
import { describeSecurityGroupRules } from '../describe/describe-security-group-rules.ts';
import { describeSecurityGroups } from '../describe/describe-security-groups.ts';
import { describeSshKeys } from '../describe/describe-ssh-keys.ts';
import { describeSubnets } from '../describe/describe-subnets.ts';
import { describeVolumes } from '../describe/describe-volumes.ts';
import { imagePages } from '../describe/image-pages.ts';
import { snapshotPages } from '../describe/snapshot-pages.ts';
import { requestFilter } from './request-tag.ts';

/** With what is derived from it. Empty where EC2 shows none, or none yet; and for a type that takes no tags. */
export async function findCreated(
  deps: DescribeDeps,
  type: CreatableType,
  requestId: string,
  signal: AbortSignal,
): Promise<ResourceBody[]> {
  const found: ResourceBody[] = [];
  const pages = describers[type]?.(deps, { Filters: [requestFilter(requestId)] }, signal) ?? [];
  for await (const page of pages) found.push(...page);
  return found;
}

/** The resource itself, or undefined. Should there be several, the one that is still of use. */
export async function findOneCreated(
  deps: DescribeDeps,
  type: CreatableType,
  requestId: string,
  signal: AbortSignal,
): Promise<ResourceBody | undefined> {
  const found = (await findCreated(deps, type, requestId, signal)).filter((body) => body.type === type);
  return found.find(({ state }) => !endStates.has(state)) ?? found[0];
}

const endStates: ReadonlySet<string> = new Set(['terminated', 'terminating', 'deleted', 'deleting']);

// Only the account's own: what others share with it or publish has tags that it does not see.
const describeOwnImages: Describe = async function* (deps, which: Which, signal) {
  const { onUnknownState } = deps;
  for await (const page of imagePages(deps, { ...which, Owners: ['self'] }, signal)) {
    yield page.map((image) => imageBody(image, { sharedWithUs: false, onUnknownState }));
  }
};

const describeOwnSnapshots: Describe = async function* (deps, which: Which, signal) {
  const { onUnknownState } = deps;
  for await (const page of snapshotPages(deps, { ...which, OwnerIds: ['self'] }, signal)) {
    yield page.map((snapshot) => volumeSnapshotBody(snapshot, { visibility: 'private', onUnknownState }));
  }
};

const describers: { readonly [T in CreatableType]?: Describe } = {
  image: describeOwnImages,
  instance: describeInstances,
  network: describeNetworks,
  subnet: describeSubnets,
  'security-group': describeSecurityGroups,
  'security-group-rule': describeSecurityGroupRules,
  'ssh-key': describeSshKeys,
  'ip-address': describeAddresses,
  volume: describeVolumes,
  'volume-snapshot': describeOwnSnapshots,
  'placement-group': describePlacementGroups,
};
