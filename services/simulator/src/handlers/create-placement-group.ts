// EC2 CreatePlacementGroup. No client token: the name has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { type PlacementGroup, placementStrategies, writePlacementGroup } from '../network/placement-group.ts';
import { optional, required, withDefault } from '../query/fields.ts';
import { integer, oneOf, shortText } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const createPlacementGroup = defineAction({
  service: 'ec2',
  name: 'CreatePlacementGroup',
  bucket: 'mutating',
  input: {
    name: required('GroupName', shortText(255)),
    strategy: withDefault('Strategy', oneOf(placementStrategies), 'cluster'),
    partitionCount: optional('PartitionCount', integer({ min: 1, max: 7 })),
    spreadLevel: optional('SpreadLevel', oneOf(['host', 'rack'])),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ name, strategy, partitionCount, spreadLevel, tagSpecifications }, call) {
    const { state, accountId, region, random, nowMs } = call;
    if (partitionCount !== undefined && strategy !== 'partition') {
      throw new AwsError('InvalidParameterCombination', 'PartitionCount is for the strategy partition only.');
    }
    if (spreadLevel !== undefined && strategy !== 'spread') {
      throw new AwsError('InvalidParameterCombination', 'SpreadLevel is for the strategy spread only.');
    }
    if (state.placementGroups.all().some((group) => group.name === name)) {
      throw new AwsError('InvalidPlacementGroup.Duplicate', `The Placement Group '${name}' already exists.`);
    }
    const group: PlacementGroup = {
      id: newResourceId(random, 'pg'),
      name,
      ownerId: accountId,
      region,
      strategy,
      partitionCount: strategy === 'partition' ? (partitionCount ?? 2) : undefined,
      spreadLevel: strategy === 'spread' ? (spreadLevel ?? 'rack') : undefined,
      createdAtMs: nowMs,
      tags: tagsForOnly('placement-group', tagSpecifications),
    };
    state.placementGroups.put(group);
    return { return: true, placementGroup: writePlacementGroup(group, call) };
  },
});
