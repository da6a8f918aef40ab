// EC2 DescribeTags: every tag of every resource of the account in the region, one row each. 5 to 1000 a page.
import { defineAction } from '../action.ts';
import type { RegionState } from '../compute/region-state.ts';
import { resourceKinds } from '../compute/resource-kinds.ts';
import { type FilterTable, filtersField, filterTest, type Tags } from '../listing/filters.ts';
import { listPage, where } from '../listing/list-page.ts';
import { optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

interface TagRow {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

const filterTable: FilterTable<TagRow> = {
  key: ({ key }) => [key],
  'resource-id': ({ resourceId }) => [resourceId],
  'resource-type': ({ resourceType }) => [resourceType],
  value: ({ value }) => [value],
};

export const describeTags = defineAction({
  service: 'ec2',
  name: 'DescribeTags',
  bucket: 'describe',
  input: {
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ filters, maxResults, nextToken }, call) {
    const page = listPage(
      {
        listing: 'tags',
        items: where(
          { after: (position) => rowsAfter(position, call.state) },
          filterTest({ filters, table: filterTable, tagsOf: ({ key, value }) => new Map([[key, value]]) }),
        ),
        keyOf: positionOf,
        byId: false,
        maxResults,
        nextToken,
      },
      call,
    );
    return { tagSet: page.items.map((row) => ({ ...row })), nextToken: page.nextToken };
  },
});

function positionOf({ resourceId, key }: TagRow): string {
  return `${resourceId} ${key}`;
}

// The ids of a type begin alike, so the tables one after the other give the rows in order.
const kindsInOrder = resourceKinds.toSorted((a, b) => (`${a.prefix}-` < `${b.prefix}-` ? -1 : 1));

function* rowsAfter(position: string, state: RegionState): Generator<TagRow> {
  const [lastId = ''] = position.split(' ', 1);
  for (const { type, table } of kindsInOrder) {
    // A page may have ended among the tags of a resource.
    const last = table(state).seen(lastId);
    if (last) yield* rowsOf(lastId, type, last.tags).filter((row) => positionOf(row) > position);
    for (const { id, tags } of table(state).seenAfter(lastId)) yield* rowsOf(id, type, tags);
  }
}

function rowsOf(resourceId: string, resourceType: string, tags: Tags): TagRow[] {
  return [...tags.keys()]
    .sort()
    .map((key) => ({ resourceId, resourceType, key, value: tags.get(key) ?? '' }));
}
