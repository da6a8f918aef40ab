// The rules by the group that they belong to.
import type { SecurityGroupRule } from './security-group-rule.ts';

export function groupRules(
  rules: Iterable<SecurityGroupRule>,
): (group: { readonly id: string }) => readonly SecurityGroupRule[] {
  const byGroup = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const ofGroup = byGroup.get(rule.groupId);
    if (ofGroup) ofGroup.push(rule);
    else byGroup.set(rule.groupId, [rule]);
  }
  return ({ id }) => byGroup.get(id) ?? [];
}
