// EC2 DescribeSecurityGroups: 5 to 1000 a page, by id or by name. A name stands for the group in the default VPC.
import { defineAction } from '../action.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { tagSetOf } from '../compute/tags.ts';
import { describeBucket } from '../faults/describe-bucket.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { findGroup } from '../network/find-group.ts';
import { groupRules } from '../network/group-rules.ts';
import { idKinds } from '../network/id-kinds.ts';
import { permissionFilters, writePermissions } from '../network/ip-permissions.ts';
import { type SecurityGroup, securityGroupArn } from '../network/security-group.ts';
import type { SecurityGroupRule } from '../network/security-group-rule.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

type RulesOf = (group: SecurityGroup) => readonly SecurityGroupRule[];

export const describeSecurityGroups = defineAction({
  service: 'ec2',
  name: 'DescribeSecurityGroups',
  bucket: ({ ids, names, filters, maxResults }) =>
    describeBucket({ ids: [...ids, ...names], filters, maxResults }),
  input: {
    ids: list('GroupId', text),
    names: list('GroupName', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, names, filters, maxResults, nextToken }, call) {
    const { securityGroups, securityGroupRules } = call.state;
    const byId = ids.length + names.length > 0;
    const wanted = byId ? [...ids, ...names.map((groupName) => findGroup({ groupName }, call).id)] : [];
    const asked = byId
      ? findByIds(wanted, securityGroups.seen, idKinds.securityGroup)
      : securityGroups.allSeen();
    const rulesOf = groupRules(securityGroupRules.allSeen());
    const page = listPage(
      {
        listing: 'security-groups',
        items: applyFilters(asked, { filters, table: filterTable(rulesOf), tagsOf: ({ tags }) => tags }),
        keyOf: ({ id }) => id,
        byId,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      securityGroupInfo: page.items.map((group) => writeGroup(group, rulesOf(group), call)),
      nextToken: page.nextToken,
    };
  },
});

function filterTable(rulesOf: RulesOf): FilterTable<SecurityGroup> {
  return {
    description: ({ description }) => [description],
    'group-id': ({ id }) => [id],
    'group-name': ({ name }) => [name],
    'owner-id': ({ ownerId }) => [ownerId],
    'vpc-id': ({ vpcId }) => [vpcId],
    ...permissionFilters<SecurityGroup>('ip-permission', (group) =>
      rulesOf(group).filter(({ isEgress }) => !isEgress),
    ),
    ...permissionFilters<SecurityGroup>('egress.ip-permission', (group) =>
      rulesOf(group).filter(({ isEgress }) => isEgress),
    ),
  };
}

function writeGroup(group: SecurityGroup, rules: readonly SecurityGroupRule[], call: Call): XmlObject {
  return {
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.description,
    ownerId: group.ownerId,
    vpcId: group.vpcId,
    securityGroupArn: securityGroupArn(group),
    ipPermissions: writePermissions(
      rules.filter(({ isEgress }) => !isEgress),
      call,
    ),
    ipPermissionsEgress: writePermissions(
      rules.filter(({ isEgress }) => isEgress),
      call,
    ),
    tagSet: tagSetOf(group.tags, call),
  };
}
