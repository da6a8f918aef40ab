// EC2 AuthorizeSecurityGroupEgress: more that a group lets out. All or nothing; what is there already is refused.
import { defineAction } from '../action.ts';
import { tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { addRules } from '../network/add-rules.ts';
import { findGroup } from '../network/find-group.ts';
import { permissionFields, readPermissions } from '../network/ip-permissions.ts';
import { writeRule } from '../network/security-group-rule.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const authorizeSecurityGroupEgress = defineAction({
  service: 'ec2',
  name: 'AuthorizeSecurityGroupEgress',
  bucket: 'resource-intensive',
  input: {
    ...permissionFields,
    groupId: optional('GroupId', text),
    groupName: optional('GroupName', text),
    tagSpecifications: tagSpecificationsField,
  },
  handle(input, call) {
    const group = findGroup(input, call);
    const rules = addRules(
      {
        group,
        asked: readPermissions(input, { isEgress: true }, call),
        tags: tagsForOnly('security-group-rule', input.tagSpecifications),
      },
      call,
    );
    return { return: true, securityGroupRuleSet: call.shuffled(rules).map((rule) => writeRule(rule, call)) };
  },
});
