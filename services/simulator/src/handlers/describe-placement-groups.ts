// EC2 DescribePlacementGroups: by name, by id, or all. Not paged.
import { defineAction } from '../action.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { idKinds } from '../network/id-kinds.ts';
import {
  type PlacementGroup,
  placementGroupFilters,
  unknownPlacementGroup,
  writePlacementGroup,
} from '../network/placement-group.ts';
import { list } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const describePlacementGroups = defineAction({
  service: 'ec2',
  name: 'DescribePlacementGroups',
  bucket: 'describe',
  input: {
    names: list('GroupName', text),
    ids: list('GroupId', text),
    filters: filtersField,
  },
  handle({ names, ids, filters }, call) {
    const byId = names.length + ids.length > 0;
    const asked = byId ? findAsked(names, ids, call) : call.state.placementGroups.allSeen();
    const { items } = listPage(
      {
        listing: 'placement-groups',
        items: applyFilters(asked, { filters, table: placementGroupFilters, tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults: undefined,
        nextToken: undefined,
      },
      call,
    );
    return { placementGroupSet: items.map((group) => writePlacementGroup(group, call)) };
  },
});

function findAsked(
  names: readonly string[],
  ids: readonly string[],
  { state }: Pick<Call, 'state'>,
): PlacementGroup[] {
  const byName = new Map(state.placementGroups.allSeen().map((group) => [group.name, group]));
  const missing = names.find((name) => !byName.has(name));
  if (missing !== undefined) throw unknownPlacementGroup(missing);
  const named = names.flatMap((name) => byName.get(name) ?? []);
  return [...new Set([...named, ...findByIds(ids, state.placementGroups.seen, idKinds.placementGroup)])];
}
