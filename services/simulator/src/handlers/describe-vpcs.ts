// EC2 DescribeVpcs: 5 to 1000 a page, or by id.
import { defineAction } from '../action.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { applyFilters, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { idKinds } from '../network/id-kinds.ts';
import { vpcFilters, writeVpc } from '../network/vpc.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

export const describeVpcs = defineAction({
  service: 'ec2',
  name: 'DescribeVpcs',
  bucket: 'describe',
  input: {
    ids: list('VpcId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, call) {
    const { vpcs } = call.state;
    const byId = ids.length > 0;
    const asked = byId ? findByIds(ids, vpcs.seen, idKinds.vpc) : vpcs.allSeen();
    const page = listPage(
      {
        listing: 'vpcs',
        items: applyFilters(asked, { filters, table: vpcFilters, tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return { vpcSet: page.items.map((vpc) => writeVpc(vpc, call)), nextToken: page.nextToken };
  },
});
