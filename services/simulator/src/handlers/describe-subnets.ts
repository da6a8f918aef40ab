// EC2 DescribeSubnets: 5 to 1000 a page, or by id.
import { defineAction } from '../action.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { refuseWhenZoneDown } from '../compute/zone-down.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { idKinds } from '../network/id-kinds.ts';
import { subnetFilters, writeSubnet } from '../network/subnet.ts';
import { countUsedAddresses } from '../network/used-addresses.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

export const describeSubnets = defineAction({
  service: 'ec2',
  name: 'DescribeSubnets',
  bucket: 'describe',
  input: {
    ids: list('SubnetId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, call) {
    const { subnets, instances } = call.state;
    const byId = ids.length > 0;
    const asked = byId ? findByIds(ids, subnets.seen, idKinds.subnet) : subnets.allSeen();
    refuseWhenZoneDown({ ids, filters, asked }, call);
    const used = countUsedAddresses(instances);
    const page = listPage(
      {
        listing: 'subnets',
        items: applyFilters(asked, { filters, table: subnetFilters(used), tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      subnetSet: page.items.map((subnet) => writeSubnet(subnet, used, call)),
      nextToken: page.nextToken,
    };
  },
});
