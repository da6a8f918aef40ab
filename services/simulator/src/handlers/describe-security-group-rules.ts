// EC2 DescribeSecurityGroupRules: 5 to 1000 a page, or by id.
import { defineAction } from '../action.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { idKinds } from '../network/id-kinds.ts';
import { type SecurityGroupRule, writeRule } from '../network/security-group-rule.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

const filterTable: FilterTable<SecurityGroupRule> = {
  'group-id': ({ groupId }) => [groupId],
  'security-group-rule-id': ({ id }) => [id],
};

export const describeSecurityGroupRules = defineAction({
  service: 'ec2',
  name: 'DescribeSecurityGroupRules',
  bucket: 'describe',
  input: {
    ids: list('SecurityGroupRuleId', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, filters, maxResults, nextToken }, call) {
    const { securityGroupRules } = call.state;
    const byId = ids.length > 0;
    const asked = byId
      ? findByIds(ids, securityGroupRules.seen, idKinds.securityGroupRule)
      : securityGroupRules.allSeen();
    const page = listPage(
      {
        listing: 'security-group-rules',
        items: applyFilters(asked, { filters, table: filterTable, tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      securityGroupRuleSet: page.items.map((rule) => writeRule(rule, call)),
      nextToken: page.nextToken,
    };
  },
});
