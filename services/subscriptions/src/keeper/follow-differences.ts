// Makes the bindings on the broker follow what clients have proven and given up, and takes the events of disabled clients
// away. Every step may be repeated: what a step has done is written when it is done.
import { isGatewayError } from '@cloud-gateway/contracts';
import {
  accountPatterns,
  type Subscription,
  scopePatterns,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import { bindAccounts } from '../establish-queue.ts';
import { guarded } from './for-each-subscription.ts';
import type { KeeperDeps } from './keeper-deps.ts';
import { restoreQueue } from './restore-queue.ts';

const differencesMax = 500;

/** Returns whether there may be more to do. */
export async function followDifferences(deps: KeeperDeps): Promise<boolean> {
  const { toBind, toUnbind, toSuspend } = await deps.store.read.subscriptions.differences(differencesMax);
  // First what somebody must not see any more.
  for (const id of toSuspend) await eachOf(deps, id, (subscription) => suspend(deps, subscription));
  for (const [id, accounts] of bySubscription(toUnbind))
    await eachOf(deps, id, (subscription) => unbindAccounts(deps, subscription, idsOf(accounts)));
  for (const [id, accounts] of bySubscription(toBind)) {
    const wanted = accounts.map(({ accountId, cloud }) => ({ id: accountId, cloud }));
    await eachOf(deps, id, (subscription) => bindOrRestore(deps, subscription, wanted));
  }
  return [toBind, toUnbind, toSuspend].some(({ length }) => length >= differencesMax);
}

async function eachOf(
  deps: KeeperDeps,
  id: string,
  work: (subscription: Subscription) => Promise<void>,
): Promise<void> {
  await deps.assertLeading();
  const subscription = await deps.store.read.subscriptions.find(id);
  if (subscription) await guarded(deps, id, () => work(subscription));
}

async function bindOrRestore(
  deps: KeeperDeps,
  subscription: Subscription,
  accounts: readonly { id: string; cloud: string }[],
): Promise<void> {
  try {
    await bindAccounts(deps, subscription, accounts);
    deps.log.info('a subscription is bound', { subscriptionId: subscription.id, accounts });
  } catch (err) {
    if (!(isGatewayError(err) && err.code === 'not-found')) throw err;
    await restoreQueue(deps, subscription);
  }
}

async function suspend(deps: KeeperDeps, subscription: Subscription): Promise<void> {
  const { id, accounts } = subscription;
  await deps.queues.unbind(subscriptionQueueName(subscription), scopePatterns(subscription));
  const present = accounts.filter(({ withdrawn }) => !withdrawn);
  await unbindAccounts(deps, subscription, idsOf(present));
  await deps.store.read.subscriptions.setState(id, {
    from: ['replaying', 'joining', 'active'],
    to: 'suspended',
  });
  deps.log.info('a subscription is suspended: its client is disabled', { subscriptionId: id });
}

async function unbindAccounts(
  { store, queues, log }: KeeperDeps,
  subscription: Subscription,
  accountIds: readonly string[],
): Promise<void> {
  const { id, filter } = subscription;
  const accounts = subscription.accounts.filter(({ accountId }) => accountIds.includes(accountId));
  for (const { accountId, cloud, bound, sequence } of accounts) {
    // Asked before the binding goes: all of that was delivered, and what comes meanwhile may be delivered too.
    const published = await store.read.outbox.publishedSequence(accountId);
    const patterns = accountPatterns(filter, { id: accountId, cloud });
    await queues.unbind(subscriptionQueueName(subscription), patterns);
    const lostFrom = bound ? published : (sequence ?? published);
    await store.read.subscriptions.markUnbound(id, { accountId, lostFrom });
    // The relay may have joined it between the two; now it knows better.
    await queues.unbind(subscriptionQueueName(subscription), patterns);
    log.info('a subscription is unbound from an account', { subscriptionId: id, accountId });
  }
}

function bySubscription<Row extends { readonly subscriptionId: string }>(rows: readonly Row[]) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.subscriptionId, [...(groups.get(row.subscriptionId) ?? []), row]);
  return groups;
}

function idsOf(rows: readonly { readonly accountId: string }[]): string[] {
  return rows.map(({ accountId }) => accountId);
}
