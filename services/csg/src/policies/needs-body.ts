import type { PolicyRule } from '@cloud-gateway/contracts';
import { policyFor } from './policy.ts';

/**
 * Tells whether rules look at a name in this call, so that its body has to be known before it can be decided. Of an
 * action that is not known it is decided without: what looks at names refuses it.
 */
export function needsBody(
  rules: readonly PolicyRule[],
  service: string,
  action: string | undefined,
): boolean {
  if (action === undefined || rules.length === 0) return false;
  return policyFor(rules, service).names.some(({ isAbout }) => isAbout(action));
}
