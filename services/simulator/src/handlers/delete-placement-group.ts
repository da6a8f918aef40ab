// EC2 DeletePlacementGroup: only when no instance is in it.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { unknownPlacementGroup } from '../network/placement-group.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deletePlacementGroup = defineAction({
  service: 'ec2',
  name: 'DeletePlacementGroup',
  bucket: 'mutating',
  input: { name: required('GroupName', text) },
  handle({ name }, { state }) {
    const found = state.placementGroups.all().find((group) => group.name === name);
    if (!found) throw unknownPlacementGroup(name);
    const isInUse = state
      .instances()
      .some((instance) => instance.state !== 'terminated' && instance.placementGroup?.id === found.id);
    if (isInUse) {
      throw new AwsError(
        'InvalidPlacementGroup.InUse',
        `The placement group '${name}' is in use and may not be deleted.`,
      );
    }
    state.placementGroups.delete(found.id);
    return { return: true };
  },
});
