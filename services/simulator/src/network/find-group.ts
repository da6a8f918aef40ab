// Finds the security group that a call means: by its id, or by its name in the default VPC.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { findDefaultVpc } from './find-default-vpc.ts';
import { idKinds } from './id-kinds.ts';
import type { SecurityGroup } from './security-group.ts';

interface GroupReference {
  readonly groupId?: string | undefined;
  readonly groupName?: string | undefined;
}

export function findGroup(
  { groupId, groupName }: GroupReference,
  { state }: Pick<Call, 'state'>,
): SecurityGroup {
  if (groupId === undefined && groupName === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId');
  }
  const found =
    groupId === undefined
      ? findGroupByName(groupName ?? '', state)
      : findByIds([groupId], state.securityGroups.get, idKinds.securityGroup)[0];
  if (found) return found;
  throw new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${(groupName ?? '').slice(0, 100)}' does not exist in default VPC`,
  );
}

function findGroupByName(name: string, state: Call['state']): SecurityGroup | undefined {
  const vpcId = findDefaultVpc(state).id;
  return state.securityGroups.all().find((group) => group.vpcId === vpcId && group.name === name);
}
