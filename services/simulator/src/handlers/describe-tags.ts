// EC2 DescribeTags: every tag of every resource of the account in the region, one row each. 5 to 1000 a page.
import { defineAction } from '../action.ts';
import { isVisible } from '../compute/find-instances.ts';
import { applyFilters, type FilterTable, filtersField, type Tags } from '../listing/filters.ts';
import { cutPage } from '../listing/paging.ts';
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
    const { state, settings, shuffled } = call;
    const rows = [
      ...state
        .instances()
        .filter((instance) => isVisible(instance, call))
        .flatMap(({ id, tags }) => rowsOf(id, 'instance', tags)),
      ...state.ownImages().flatMap(({ id, tags }) => rowsOf(id, 'image', tags)),
    ];
    const page = cutPage({
      items: applyFilters(rows, {
        filters,
        table: filterTable,
        tagsOf: ({ key, value }) => new Map([[key, value]]),
      }),
      keyOf: ({ resourceId, key }) => `${resourceId} ${key}`,
      maxResults,
      nextToken,
      mode: settings.paging,
      listing: 'tags',
    });
    return { tagSet: shuffled(page.items).map((row) => ({ ...row })), nextToken: page.nextToken };
  },
});

function rowsOf(resourceId: string, resourceType: string, tags: Tags): TagRow[] {
  return [...tags].map(([key, value]) => ({ resourceId, resourceType, key, value }));
}
