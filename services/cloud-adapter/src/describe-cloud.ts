// What a client is told about a cloud: what the cloud says of itself, the gateway's words for it, and what the operator has
// set.
import {
  type Cloud,
  cloudNamesOf,
  type PollGroup,
  type PollInterval,
  type PollIntervals,
  type TypeCapabilities,
} from '@cloud-gateway/clouds';
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

/** What the operator has set for a cloud. */
export interface CloudSettings {
  readonly connectionPolicy: ConnectionPolicy;
  readonly intervals: PollIntervals;
}

export function describeCloud(
  cloud: Pick<Cloud, 'capabilities' | 'pollGroups'>,
  { connectionPolicy, intervals }: CloudSettings,
): CloudDescription {
  const { id, kind, regions, features, resources } = cloud.capabilities();
  return {
    id,
    kind,
    names: [...cloudNamesOf(id)],
    regions: [...regions],
    connectionPolicy,
    features: { ...features },
    resources: resources.map((resource) => {
      const group = groupOf(cloud.pollGroups, resource.type);
      return describeType(resource, group.name, intervals.of(id, group));
    }),
  };
}

function describeType(
  { type, calls, states, cloudAttributes }: TypeCapabilities,
  group: string,
  { floor, normal, ceiling }: PollInterval,
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
      group,
      floorSeconds: floor / 1_000,
      normalSeconds: normal / 1_000,
      ceilingSeconds: ceiling / 1_000,
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
