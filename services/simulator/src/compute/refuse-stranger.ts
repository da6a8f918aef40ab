import type { Call } from '../call.ts';
import { refuseEc2 } from '../identity/auth-refusal.ts';

/** Gives back what is the caller's own; refuses what was only shared with it. */
export function refuseStranger<T extends { readonly ownerId: string }>(
  resource: T,
  action: string,
  { accountId, principal }: Pick<Call, 'accountId' | 'principal'>,
): T {
  if (resource.ownerId === accountId) return resource;
  throw refuseEc2({ kind: 'denied', arn: principal.arn, action: `ec2:${action}` });
}
