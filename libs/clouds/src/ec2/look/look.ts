// Asks for some resources by their ids. Where EC2 has a filter for the id, it is used: given as ids, one that EC2 does
// not know would fail the call for all. Given as ids all the same are instances and volumes, because while a zone is
// disrupted only a call by ids of other zones works; and images and snapshots, because with a filter EC2 would search
// everything that is public.
import type { ResourceBody, ResourceType } from '@cloud-gateway/contracts';
import { chunked } from '../describe/chunked.ts';
import type { Bodies, Describe, DescribeDeps } from '../describe/describe.ts';
import { describeAddresses } from '../describe/describe-addresses.ts';
import { describeDatacenters } from '../describe/describe-datacenters.ts';
import { describeInstanceTypes } from '../describe/describe-instance-types.ts';
import { describeInstances } from '../describe/describe-instances.ts';
import { describeNetworks } from '../describe/describe-networks.ts';
import { describePlacementGroups } from '../describe/describe-placement-groups.ts';
import { describeSecurityGroupRules } from '../describe/describe-security-group-rules.ts';
import { describeSecurityGroups } from '../describe/describe-security-groups.ts';
import { describeSshKeys } from '../describe/describe-ssh-keys.ts';
import { describeSubnets } from '../describe/describe-subnets.ts';
import { describeVolumeTypes } from '../describe/describe-volume-types.ts';
import { describeVolumes } from '../describe/describe-volumes.ts';
import { knownOf } from './known-of.ts';
import { lookAtImages } from './look-at-images.ts';
import { lookAtSnapshots } from './look-at-snapshots.ts';
import { markedAsUpdating } from './marked-as-updating.ts';

/**
 * What EC2 does not know is missing from the answer. What is derived comes along: attachments with a volume, a binding
 * with its address, rules with their group; an attachment is looked at by its volume, a binding by its address.
 */
export async function look(
  deps: DescribeDeps,
  type: ResourceType,
  cloudIds: readonly string[],
  signal: AbortSignal,
): Promise<ResourceBody[]> {
  const found: ResourceBody[] = [];
  for (const ids of chunked([...new Set(cloudIds.map(parentOf(type)))])) {
    found.push(...(await lookers[type](deps, ids, signal)));
  }
  return found;
}

type Look = (
  deps: DescribeDeps,
  ids: readonly string[],
  signal: AbortSignal,
) => Promise<readonly ResourceBody[]>;

const volumes = byId((deps, VolumeIds, signal) => describeVolumes(deps, { VolumeIds }, signal));
const addresses = byFilter([describeAddresses, 'allocation-id']);

const lookers: Readonly<Record<ResourceType, Look>> = {
  datacenter: byFilter([describeDatacenters, 'zone-name']),
  'instance-type': byFilter([describeInstanceTypes, 'instance-type']),
  image: lookAtImages,
  instance: byId((deps, InstanceIds, signal) => describeInstances(deps, { InstanceIds }, signal)),
  network: byFilter([describeNetworks, 'vpc-id']),
  subnet: byFilter([describeSubnets, 'subnet-id']),
  'security-group': byFilter([describeSecurityGroups, 'group-id'], [describeSecurityGroupRules, 'group-id']),
  'security-group-rule': byFilter([describeSecurityGroupRules, 'security-group-rule-id']),
  'ssh-key': byFilter([describeSshKeys, 'key-pair-id']),
  'ip-address': addresses,
  'ip-address-binding': addresses,
  'volume-type': amongAll(describeVolumeTypes),
  volume: async (deps, ids, signal) => markedAsUpdating(deps, await volumes(deps, ids, signal), signal),
  'volume-attachment': volumes,
  'volume-snapshot': lookAtSnapshots,
  // EC2 has no filter for their ids, and there are few.
  'placement-group': amongAll((deps, signal) => describePlacementGroups(deps, {}, signal)),
};

function byFilter(...calls: readonly (readonly [Describe, filter: string])[]): Look {
  return async (deps, ids, signal) => {
    const found: ResourceBody[] = [];
    for (const [describe, Name] of calls) {
      const which = { Filters: [{ Name, Values: [...ids] }] };
      for await (const page of describe(deps, which, signal)) found.push(...page);
    }
    return found;
  };
}

function byId(describe: (deps: DescribeDeps, ids: string[], signal: AbortSignal) => Bodies): Look {
  return async (deps, ids, signal) =>
    knownOf(ids, async (some) => {
      const found: ResourceBody[] = [];
      for await (const page of describe(deps, [...some], signal)) found.push(...page);
      return found;
    });
}

function amongAll(all: (deps: DescribeDeps, signal: AbortSignal) => Bodies): Look {
  return async (deps, ids, signal) => {
    const found: ResourceBody[] = [];
    for await (const page of all(deps, signal)) {
      found.push(...page.filter(({ cloudId }) => ids.includes(cloudId)));
    }
    return found;
  };
}

// `<volume>:<instance>` and `<allocation>:<instance>` are looked at by what is before the colon.
function parentOf(type: ResourceType): (cloudId: string) => string {
  if (type !== 'volume-attachment' && type !== 'ip-address-binding') return (cloudId) => cloudId;
  return (cloudId) => cloudId.split(':', 1)[0] ?? cloudId;
}
