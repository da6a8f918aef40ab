// What a subscription is bound to, in two parts: what belongs to an account comes and goes with its grant.
import { accountBindings, administrativeBindings } from '@cloud-gateway/contracts';
import type { Subscription, SubscriptionFilter } from './subscription.ts';

/** The patterns of one account: its resources, its listings, and what the gateway tells about it if that is wanted. */
export function accountPatterns(
  filter: SubscriptionFilter,
  account: { readonly id: string; readonly cloud: string },
): string[] {
  const own = accountBindings(account, filter);
  return filter.administration ? [...own, ...administrativeBindings([account.id])] : own;
}

/** The patterns that belong to no account: the gateway itself, and the organization. */
export function scopePatterns({ filter, auditScope }: Pick<Subscription, 'filter' | 'auditScope'>): string[] {
  if (!filter.administration) return [];
  return administrativeBindings(auditScope === null ? ['gateway'] : ['gateway', auditScope]);
}
