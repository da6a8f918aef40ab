// A placement group as a body. Its id is the group's, not the name: the name may be given to another group later.
import type { PlacementGroup } from '@aws-sdk/client-ec2';
import type { PlacementGroupBody } from '@cloud-gateway/contracts';
import { normalisedState, type OnUnknownState, placementGroupStates } from '../states.ts';
import { present, tagsOf, textOrNull } from './fields.ts';

export function placementGroupBody(
  group: PlacementGroup,
  onUnknownState: OnUnknownState,
): PlacementGroupBody {
  return {
    type: 'placement-group',
    cloudId: group.GroupId ?? group.GroupName ?? '',
    name: textOrNull(group.GroupName),
    state: normalisedState(placementGroupStates, group.State, (raw) =>
      onUnknownState('placement-group', raw),
    ),
    rawState: textOrNull(group.State),
    stateReason: null,
    owner: null,
    visibility: 'private',
    tags: tagsOf(group.Tags),
    createdAt: null,
    strategy: textOrNull(group.Strategy),
    partitionCount: group.PartitionCount ?? null,
    cloudAttributes: present({
      linkedGroupId: group.LinkedGroupId,
      operator: group.Operator?.Principal,
      parentGroupId: group.ParentGroupId,
      spreadLevel: group.SpreadLevel,
    }),
  };
}
