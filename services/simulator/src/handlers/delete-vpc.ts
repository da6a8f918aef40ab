// EC2 DeleteVpc: only when nothing is left in it but its default security group, which goes with it.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { deleteGroup } from '../network/delete-group.ts';
import { idKinds } from '../network/id-kinds.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteVpc = defineAction({
  service: 'ec2',
  name: 'DeleteVpc',
  bucket: 'mutating',
  input: { id: required('VpcId', text) },
  handle({ id }, { state }) {
    findByIds([id], state.vpcs.get, idKinds.vpc);
    const groups = state.securityGroups.all().filter(({ vpcId }) => vpcId === id);
    const isInUse =
      state.subnets.all().some(({ vpcId }) => vpcId === id) || groups.some(({ name }) => name !== 'default');
    if (isInUse) {
      throw new AwsError('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`);
    }
    for (const group of groups) deleteGroup(group, state);
    state.vpcs.delete(id);
    return { return: true };
  },
});
