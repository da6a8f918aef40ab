// Puts a new security group and its first rules into the tables.
import type { ResourceTable } from '../compute/resource-table.ts';
import type { SecurityGroup } from './security-group.ts';
import { anyone, type RuleContent, type SecurityGroupRule } from './security-group-rule.ts';

interface NewGroup {
  readonly tables: {
    readonly securityGroups: ResourceTable<SecurityGroup>;
    readonly securityGroupRules: ResourceTable<SecurityGroupRule>;
  };
  readonly contents: readonly RuleContent[];
  newRuleId(i: number): string;
}

/** What every VPC has. */
export const defaultGroup = { name: 'default', description: 'default VPC security group' };

/** What every group lets out at first. */
export const everythingOut: RuleContent = {
  isEgress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: anyone,
};

/** What a default group lets in: what comes from its own members. */
export function everythingFrom(groupId: string): RuleContent {
  return { ...everythingOut, isEgress: false, peer: { kind: 'group', value: groupId } };
}

export function putGroup(group: SecurityGroup, { tables, contents, newRuleId }: NewGroup): void {
  tables.securityGroups.put(group);
  for (const [i, content] of contents.entries()) {
    tables.securityGroupRules.put({
      ...content,
      id: newRuleId(i),
      groupId: group.id,
      groupVpcId: group.vpcId,
      ownerId: group.ownerId,
      region: group.region,
      description: undefined,
      createdAtMs: group.createdAtMs,
      tags: new Map(),
    });
  }
}
