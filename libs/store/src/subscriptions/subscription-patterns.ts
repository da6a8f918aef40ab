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

/** How many those are, without making them: a filter may ask for millions. */
export function accountPatternCount(filter: SubscriptionFilter): number {
  const { types, changes, states, regions, administration } = filter;
  const combinations = [types, changes, states, regions].reduce(
    (count, list) => count * (list?.length ?? 1),
    1,
  );
  return combinations + (administration ? 1 : 0);
}

/** The patterns that belong to no account: the gateway itself, and the organization. */
export function scopePatterns({ filter, auditScope }: Pick<Subscription, 'filter' | 'auditScope'>): string[] {
  if (!filter.administration) return [];
  return administrativeBindings(auditScope === null ? ['gateway'] : ['gateway', auditScope]);
}
