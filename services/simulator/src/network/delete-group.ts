// Takes a security group away with its rules.
import type { NetworkTables } from './network-tables.ts';

export function deleteGroup(
  { id }: { readonly id: string },
  { securityGroups, securityGroupRules }: Pick<NetworkTables, 'securityGroups' | 'securityGroupRules'>,
): void {
  for (const rule of securityGroupRules.all()) if (rule.groupId === id) securityGroupRules.delete(rule.id);
  securityGroups.delete(id);
}
