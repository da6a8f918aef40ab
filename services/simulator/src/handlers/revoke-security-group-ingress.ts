// EC2 RevokeSecurityGroupIngress: by the ids of rules, or by what they say. All or nothing.
import { defineAction } from '../action.ts';
import { findGroup } from '../network/find-group.ts';
import { permissionFields, readPermissions, writePermissions } from '../network/ip-permissions.ts';
import { removeRules } from '../network/remove-rules.ts';
import { writeRevokedRule } from '../network/security-group-rule.ts';
import { list, optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const revokeSecurityGroupIngress = defineAction({
  service: 'ec2',
  name: 'RevokeSecurityGroupIngress',
  bucket: 'resource-intensive',
  input: {
    ...permissionFields,
    groupId: optional('GroupId', text),
    groupName: optional('GroupName', text),
    ruleIds: list('SecurityGroupRuleId', text),
  },
  handle(input, call) {
    const { removed, unknown } = removeRules(
      {
        group: findGroup(input, call),
        isEgress: false,
        ruleIds: input.ruleIds,
        asked: readPermissions(input, { isEgress: false }, call),
      },
      call,
    );
    return {
      return: true,
      unknownIpPermissionSet: writePermissions(unknown, call),
      revokedSecurityGroupRuleSet: call.shuffled(removed).map(writeRevokedRule),
    };
  },
});
