// EC2 DescribeRegions. Not paged.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

const endpointOf = (region: string) => `ec2.${region}.amazonaws.com`;

export const describeRegions = defineAction({
  service: 'ec2',
  name: 'DescribeRegions',
  bucket: 'describe',
  input: {
    names: list('RegionName', text),
    allRegions: withDefault('AllRegions', flag, false),
    filters: filtersField,
  },
  handle({ names, filters }, call) {
    const { world } = call;
    const unknown = names.filter((name) => !world.regions.includes(name));
    if (unknown.length > 0)
      throw new AwsError('InvalidParameterValue', `Invalid region names: [${unknown.join(', ')}]`);
    const named = world.regions.filter((region) => names.length === 0 || names.includes(region));
    const found = applyFilters(named, {
      filters,
      table: {
        'region-name': (region) => [region],
        endpoint: (region) => [endpointOf(region)],
        'opt-in-status': () => ['opt-in-not-required'],
      },
    });
    const { items } = listPage(
      {
        listing: 'regions',
        items: found,
        keyOf: (region) => region,
        byId: names.length > 0,
        maxResults: undefined,
        nextToken: undefined,
      },
      call,
    );
    return {
      regionInfo: items.map((regionName) => ({
        regionName,
        regionEndpoint: endpointOf(regionName),
        optInStatus: 'opt-in-not-required',
      })),
    };
  },
});
