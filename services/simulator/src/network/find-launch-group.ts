// Finds the placement group into which instances are launched.
import type { Call } from '../call.ts';
import type { Instance } from '../compute/instance.ts';
import { unknownPlacementGroup } from './placement-group.ts';

export function findLaunchGroup(
  { groupName, groupId }: { readonly groupName?: string | undefined; readonly groupId?: string | undefined },
  { state }: Pick<Call, 'state'>,
): Instance['placementGroup'] {
  if (groupName === undefined && groupId === undefined) return undefined;
  const found = state.placementGroups
    .all()
    .find(({ id, name }) => (groupId === undefined ? name === groupName : id === groupId));
  if (found) return { id: found.id, name: found.name };
  throw unknownPlacementGroup(groupId ?? groupName ?? '');
}
