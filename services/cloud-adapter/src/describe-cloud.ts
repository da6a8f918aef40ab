// What a client is told about a cloud: what the cloud says of itself, and the gateway's words for it.
import { type Cloud, cloudNamesOf, type PollGroup, type TypeCapabilities } from '@cloud-gateway/clouds';
import {
  type ConnectionPolicy,
  type cloudShowRoute,
  type ResourceType,
  resourceTypes,
  stateMeanings,
} from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';

type CloudDescription = HandlerAnswer<typeof cloudShowRoute>['body'];
type ResourceDescription = CloudDescription['resources'][number];

export function describeCloud(
  cloud: Pick<Cloud, 'capabilities' | 'pollGroups'>,
  connectionPolicy: ConnectionPolicy,
): CloudDescription {
  const { id, kind, regions, features, resources } = cloud.capabilities();
  return {
    id,
    kind,
    names: [...cloudNamesOf(id)],
    regions: [...regions],
    connectionPolicy,
    features: { ...features },
    resources: resources.map((resource) => describeType(resource, groupOf(cloud.pollGroups, resource.type))),
  };
}

function describeType(
  { type, calls, states, cloudAttributes }: TypeCapabilities,
  group: PollGroup,
): ResourceDescription {
  const meanings = new Map(stateMeanings(type).map(({ state, meaning }) => [state, meaning]));
  return {
    type,
    collection: resourceTypes[type].collection,
    calls: [...calls],
    states: states.map(({ state, transitional, rawStates, allows }) => ({
      state,
      meaning: meanings.get(state) ?? '',
      transitional,
      rawStates: [...rawStates],
      allows: [...allows],
    })),
    cloudAttributes: { create: [...cloudAttributes.create], update: [...cloudAttributes.update] },
    polled: {
      group: group.name,
      floorSeconds: group.intervalMs.floor / 1_000,
      normalSeconds: group.intervalMs.normal / 1_000,
      ceilingSeconds: group.intervalMs.ceiling / 1_000,
    },
  };
}

// What an account has of its own is polled more often than what is published, and is what a client waits for.
function groupOf(groups: readonly PollGroup[], type: ResourceType): PollGroup {
  const feeding = groups.filter(({ types }) => types.includes(type));
  const group = feeding.find(({ scope }) => scope === 'account') ?? feeding[0];
  if (group === undefined) throw new Error(`no listing feeds ${type}`);
  return group;
}
