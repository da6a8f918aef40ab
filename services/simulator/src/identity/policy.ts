// What a principal may do. Everything, but for a list of denied actions: enough to test how a refusal travels.
import { matchesGlob } from '../listing/glob.ts';
import type { Principal } from './principal.ts';

/** `action` is `service:Action`; case does not matter, as in IAM. */
export function isDenied({ deniedActions }: Pick<Principal, 'deniedActions'>, action: string): boolean {
  return deniedActions.some((pattern) => matchesGlob(pattern.toLowerCase(), action.toLowerCase()));
}
