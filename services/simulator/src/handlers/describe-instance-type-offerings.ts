// EC2 DescribeInstanceTypeOfferings: which types are to be had where. 5 to 1000 a page.
import { defineAction } from '../action.ts';
import { instanceTypes, isOffered } from '../compute/instance-types.ts';
import type { RegionState } from '../compute/region-state.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { optional, withDefault } from '../query/fields.ts';
import { integer, oneOf, text } from '../query/scalars.ts';

const locationTypes = ['region', 'availability-zone', 'availability-zone-id'] as const;

export const describeInstanceTypeOfferings = defineAction({
  service: 'ec2',
  name: 'DescribeInstanceTypeOfferings',
  bucket: 'describe',
  input: {
    locationType: withDefault('LocationType', oneOf(locationTypes), 'region'),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ locationType, filters, maxResults, nextToken }, call) {
    const offerings = applyFilters(offeringsOf(locationType, call.state), {
      filters,
      table: {
        location: ({ location }) => [location],
        'instance-type': ({ instanceType }) => [instanceType],
      },
    });
    const page = listPage(
      {
        listing: 'instance-type-offerings',
        items: offerings,
        keyOf: ({ instanceType, location }) => `${instanceType} ${location}`,
        byId: false,
        maxResults,
        nextToken,
      },
      call,
    );
    return { instanceTypeOfferingSet: page.items, nextToken: page.nextToken };
  },
});

function offeringsOf(locationType: (typeof locationTypes)[number], { region, zones }: RegionState) {
  const names = zones.map(({ name }) => name);
  return instanceTypes.flatMap((type) => {
    const offering = (location: string) => ({ instanceType: type.name, locationType, location });
    if (locationType === 'region') return [offering(region)];
    return zones
      .filter(({ name }) => isOffered(type, name, names))
      .map(({ name, id }) => offering(locationType === 'availability-zone' ? name : id));
  });
}
