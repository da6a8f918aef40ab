// What EC2 has and can do through the gateway, as `GET /v1/clouds/:cloud` answers. EC2 has every call of the contract for
// every type.
import { allResourceTypes, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import type { CloudCapabilities, PollGroup, StateCapabilities, TypeCapabilities } from '../cloud.ts';
import { allowedCalls } from './allowed-calls.ts';
import { attributeNames } from './attributes/attribute-names.ts';
import {
  datacenterStates,
  imageStates,
  instanceStates,
  isTransitional,
  networkStates,
  placementGroupStates,
  subnetStates,
  volumeAttachmentStates,
  volumeSnapshotStates,
  volumeStates,
} from './states.ts';

export interface Ec2CapabilitiesOptions {
  readonly id: string;
  readonly regions: readonly string[];
  readonly pollGroups: readonly Pick<PollGroup, 'scope' | 'types'>[];
}

export function ec2Capabilities({ id, regions, pollGroups }: Ec2CapabilitiesOptions): CloudCapabilities {
  const isListed = (type: ResourceType) =>
    pollGroups.some(({ scope, types }) => scope === 'published' && types.includes(type));
  return {
    id,
    kind: 'ec2',
    regions: [...regions],
    features: {
      dryRun: true,
      idempotencyToken: true,
      suspend: true,
      sharing: true,
      publishedImages: isListed('image'),
      publishedSnapshots: isListed('volume-snapshot'),
      // A reboot shows in no state.
      rebootingVisible: false,
      suspendedVisible: false,
    },
    resources: allResourceTypes.map(typeCapabilities),
  };
}

function typeCapabilities(type: ResourceType): TypeCapabilities {
  return {
    type,
    calls: resourceTypes[type].calls,
    states: statesOf(type),
    cloudAttributes: attributeNames(type),
  };
}

const stateTables: Readonly<Record<ResourceType, Readonly<Record<string, string>> | undefined>> = {
  datacenter: datacenterStates,
  'instance-type': undefined,
  image: imageStates,
  instance: instanceStates,
  network: networkStates,
  subnet: subnetStates,
  'security-group': undefined,
  'security-group-rule': undefined,
  'ssh-key': undefined,
  'ip-address': undefined,
  'ip-address-binding': undefined,
  'volume-type': undefined,
  volume: volumeStates,
  'volume-attachment': volumeAttachmentStates,
  'volume-snapshot': volumeSnapshotStates,
  'placement-group': placementGroupStates,
};

// Where EC2 has no word for the state, it follows from something else.
const wordless: { readonly [T in ResourceType]?: readonly string[] } = {
  'ip-address': ['available', 'in_use'],
  volume: ['updating'],
};

function statesOf(type: ResourceType): StateCapabilities[] {
  const table = stateTables[type];
  const words = table === undefined ? [] : Object.values(table);
  const shown = new Set([...words, ...(wordless[type] ?? (table === undefined ? ['present'] : []))]);
  if (table !== undefined) shown.add('unknown');
  return resourceTypes[type].states
    .filter((state) => shown.has(state))
    .map((state) => ({
      state,
      rawStates: Object.entries(table ?? {}).flatMap(([raw, normalised]) =>
        normalised === state ? [raw] : [],
      ),
      transitional: isTransitional({ type, state }),
      allows: allowedCalls(type, state),
    }));
}
