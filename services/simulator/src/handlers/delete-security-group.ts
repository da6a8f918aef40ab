// EC2 DeleteSecurityGroup: not the default one, and none that an instance or a rule of another group depends on.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { deleteGroup } from '../network/delete-group.ts';
import { findGroup } from '../network/find-group.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteSecurityGroup = defineAction({
  service: 'ec2',
  name: 'DeleteSecurityGroup',
  bucket: 'mutating',
  input: { groupId: optional('GroupId', text), groupName: optional('GroupName', text) },
  handle(input, call) {
    const group = findGroup(input, call);
    if (group.name === 'default') {
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isInUse(group.id, call)) {
      throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`);
    }
    deleteGroup(group, call.state);
    return { return: true, groupId: group.id };
  },
});

function isInUse(groupId: string, { state }: Pick<Call, 'state'>): boolean {
  const isReferenced = state.securityGroupRules
    .all()
    .some((rule) => rule.groupId !== groupId && rule.peer.kind === 'group' && rule.peer.value === groupId);
  if (isReferenced) return true;
  return state
    .instances()
    .some((instance) => instance.state !== 'terminated' && instance.groups.some(({ id }) => id === groupId));
}
