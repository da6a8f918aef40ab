// Takes rules away from a security group. What is named by its contents and is not there is passed over in a default
// VPC, and refused in any other, as at EC2.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findRules } from './find-rules.ts';
import type { AskedRule } from './ip-permissions.ts';
import type { SecurityGroup } from './security-group.ts';
import { isSameContent, type SecurityGroupRule } from './security-group-rule.ts';

interface Removal {
  readonly group: SecurityGroup;
  readonly isEgress: boolean;
  readonly ruleIds: readonly string[];
  readonly asked: readonly AskedRule[];
}

interface Removed {
  readonly removed: readonly SecurityGroupRule[];
  readonly unknown: readonly AskedRule[];
}

export function removeRules(
  { group, isEgress, ruleIds, asked }: Removal,
  { state }: Pick<Call, 'state'>,
): Removed {
  if (ruleIds.length + asked.length === 0) {
    throw new AwsError(
      'MissingParameter',
      "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.",
    );
  }
  const byId = findRules(ruleIds, group, { state });
  const wrongWay = byId.find((rule) => rule.isEgress !== isEgress);
  if (wrongWay) {
    throw new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${wrongWay.id}' is not one for ${isEgress ? 'outgoing' : 'incoming'} traffic`,
    );
  }
  const present = state.securityGroupRules.all().filter(({ groupId }) => groupId === group.id);
  const byContent = present.filter((rule) => asked.some((each) => isSameContent(each, rule)));
  const unknown = asked.filter((each) => !present.some((rule) => isSameContent(each, rule)));
  if (unknown.length > 0 && !state.vpcs.get(group.vpcId)?.isDefault) {
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  const removed = [...new Set([...byId, ...byContent])];
  for (const { id } of removed) state.securityGroupRules.delete(id);
  return { removed, unknown };
}
