// Finds rules of a security group by their ids; those of another group do not exist for it.
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { idKinds } from './id-kinds.ts';
import type { SecurityGroupRule } from './security-group-rule.ts';

export function findRules(
  ruleIds: readonly string[],
  group: { readonly id: string },
  { state }: Pick<Call, 'state'>,
): SecurityGroupRule[] {
  const ofGroup = (id: string) => {
    const rule = state.securityGroupRules.get(id);
    return rule?.groupId === group.id ? rule : undefined;
  };
  return findByIds(ruleIds, ofGroup, idKinds.securityGroupRule);
}
