import { matchesBinding } from '@cloud-gateway/contracts';
import { accountPatterns, type Subscription, type Trace } from '@cloud-gateway/store';

interface Bound extends Pick<Subscription, 'id' | 'filter'> {
  readonly accounts: readonly Pick<
    Subscription['accounts'][number],
    'accountId' | 'cloud' | 'bound' | 'sequence'
  >[];
}

type Event = Pick<Trace['events'][number], 'accountId' | 'sequence' | 'routingKey'>;

/** The ids of those that were bound to its account before it, and whose filter takes it. Pure. */
export function subscribersOf(event: Event, subscriptions: readonly Bound[]): string[] {
  return subscriptions.filter((subscription) => gets(subscription, event)).map(({ id }) => id);
}

function gets({ accounts, filter }: Bound, event: Event): boolean {
  const account = accounts.find(({ accountId }) => accountId === event.accountId);
  if (!account?.bound) return false;
  // Bound later: it gets what comes after that sequence.
  if ((account.sequence ?? 0) >= (event.sequence ?? Number.POSITIVE_INFINITY)) return false;
  const patterns = accountPatterns(filter, { id: account.accountId, cloud: account.cloud });
  return patterns.some((pattern) => matchesBinding(pattern, event.routingKey));
}
