// EC2 DeleteSubnet: only when no instance is in it.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { idKinds } from '../network/id-kinds.ts';
import { countUsedAddresses } from '../network/used-addresses.ts';
import { required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteSubnet = defineAction({
  service: 'ec2',
  name: 'DeleteSubnet',
  bucket: 'mutating',
  input: { id: required('SubnetId', text) },
  handle({ id }, { state }) {
    findByIds([id], state.subnets.get, idKinds.subnet);
    if (countUsedAddresses(state.instances)({ id }) > 0) {
      throw new AwsError('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    state.subnets.delete(id);
    return { return: true };
  },
});
