// Makes the queue of a subscription and binds it. Safe to repeat, and safe in several processes at once.
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import {
  accountPatterns,
  type Store,
  type Subscription,
  scopePatterns,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import { removeQueue } from './remove-queue.ts';
import type { WantedAccount } from './wanted-accounts.ts';

export interface EstablishDeps {
  readonly store: Pick<Store, 'read'>;
  readonly queues: Pick<SubscriptionQueues, 'declare' | 'bind' | 'remove'>;
}

/**
 * Accounts with stored events before them are left out: the relay binds those when the stored ones are delivered. Returns
 * the subscription as it is then; undefined when it was ended meanwhile.
 */
export async function establishQueue(
  deps: EstablishDeps,
  subscription: Subscription,
): Promise<Subscription | undefined> {
  const { id: subscriptionId, delivery } = subscription;
  const queue = subscriptionQueueName(subscription);
  await deps.queues.declare({ queue, subscriptionId, delivery });
  await deps.queues.bind(queue, scopePatterns(subscription));
  const live = subscription.accounts.filter(({ replayedTo, withdrawn }) => replayedTo === null && !withdrawn);
  await bindAccounts(
    deps,
    subscription,
    live.map(({ accountId: id, cloud }) => ({ id, cloud })),
  );
  return findOrRemove(deps, subscription);
}

/** After a queue was declared: whoever has ended the subscription meanwhile may have removed it before that. */
export async function findOrRemove(
  deps: Pick<EstablishDeps, 'store'> & { readonly queues: Pick<SubscriptionQueues, 'remove'> },
  subscription: Subscription,
): Promise<Subscription | undefined> {
  const present = await deps.store.read.subscriptions.find(subscription.id);
  if (present === undefined) await removeQueue(deps, subscription);
  return present;
}

export async function bindAccounts(
  {
    store,
    queues,
  }: { readonly store: EstablishDeps['store']; readonly queues: Pick<SubscriptionQueues, 'bind'> },
  subscription: Subscription,
  accounts: readonly WantedAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  const patterns = accounts.flatMap((account) => accountPatterns(subscription.filter, account));
  await queues.bind(subscriptionQueueName(subscription), patterns);
  // Read when the bindings are there: every later change is delivered.
  const sequences = await store.read.accounts.sequences(accounts.map(({ id }) => id));
  for (const { id: accountId, cloud } of accounts) {
    const sequence = sequences.get(accountId) ?? 0;
    await store.read.subscriptions.markBound(subscription.id, { accountId, cloud, sequence });
  }
}
