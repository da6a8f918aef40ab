// The security groups of an instance: those that were asked for, or the default one of its network.
import { AwsError } from '../aws-error.ts';
import type { SecurityGroup } from '../network/security-group.ts';
import type { Subnet } from '../network/subnet.ts';
import type { Instance } from './instance.ts';
import type { RegionState } from './region-state.ts';

interface GroupOrder {
  readonly groupIds: readonly string[];
  readonly groupNames: readonly string[];
}

export function chooseGroups(
  { groupIds, groupNames }: GroupOrder,
  subnet: Subnet,
  { securityGroups }: RegionState,
): Instance['groups'] {
  const inVpc = securityGroups.all().filter(({ vpcId }) => vpcId === subnet.vpcId);
  const byId = groupIds.map((id) => checkVpc(orMissing(securityGroups.get(id), id), subnet));
  const names = groupIds.length + groupNames.length === 0 ? ['default'] : groupNames;
  const byName = names.map((name) =>
    orMissing(
      inVpc.find((group) => group.name === name),
      name,
    ),
  );
  return [...new Set([...byId, ...byName])].map(({ id, name }) => ({ id, name }));
}

function orMissing(group: SecurityGroup | undefined, asked: string): SecurityGroup {
  if (group) return group;
  throw new AwsError('InvalidGroup.NotFound', `The security group '${asked.slice(0, 100)}' does not exist`);
}

function checkVpc(group: SecurityGroup, subnet: Subnet): SecurityGroup {
  if (group.vpcId === subnet.vpcId) return group;
  throw new AwsError(
    'InvalidParameter',
    `Security group ${group.id} and subnet ${subnet.id} belong to different networks.`,
  );
}
