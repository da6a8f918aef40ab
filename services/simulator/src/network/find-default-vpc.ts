// The VPC of who names none. It can be deleted, as any.
import { AwsError } from '../aws-error.ts';
import type { NetworkTables } from './network-tables.ts';
import type { Vpc } from './vpc.ts';

export function findDefaultVpc({ vpcs }: Pick<NetworkTables, 'vpcs'>): Vpc {
  const vpc = vpcs.all().find(({ isDefault }) => isDefault);
  if (!vpc) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc;
}
