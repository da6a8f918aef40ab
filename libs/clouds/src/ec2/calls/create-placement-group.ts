// CreatePlacementGroup. Its name is unique in the account and region; found again by the request's tag.
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { placementGroupBody } from '../bodies/placement-group-body.ts';
import { CreatePlacementGroupCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createPlacementGroup: Create<'placement-group'> = async (deps, spec, options) => {
  const { spreadLevel } = readAttributes(createAttributes['placement-group'], spec.cloudAttributes);
  const input = {
    GroupName: spec.name,
    Strategy: spec.strategy,
    PartitionCount: spec.partitionCount,
    SpreadLevel: spreadLevel,
    // The name is EC2's own, not a tag.
    TagSpecifications: tagSpecification('placement-group', { tags: spec.tags }, options.requestId),
  };
  return createOnce(
    deps,
    {
      type: 'placement-group',
      action: 'CreatePlacementGroup',
      mayArriveTwice: false,
      duplicateCodes: ['InvalidPlacementGroup.Duplicate'],
      refusesSecond: true,
      async send(http, dryRun) {
        const answer = await deps.ec2.send(new CreatePlacementGroupCommand({ ...input, ...dryRun }), http);
        return {
          resource: placementGroupBody(answer.PlacementGroup ?? {}, deps.onUnknownState),
          isComplete: true,
        };
      },
    },
    options,
  );
};
