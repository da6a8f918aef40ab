// Compares everything on the broker with the database: after the start, after each reconnection, and now and then. What is
// missing is made again, what is too much goes.
import { isGatewayError } from '@cloud-gateway/contracts';
import {
  accountPatterns,
  type Subscription,
  type SubscriptionAccount,
  scopePatterns,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import { findOrRemove } from '../establish-queue.ts';
import { forEachSubscription } from './for-each-subscription.ts';
import type { KeeperDeps } from './keeper-deps.ts';
import { restoreQueue } from './restore-queue.ts';

/** Whoever makes a subscription just now is given so long to make its queue too. */
const newMs = 10_000;

/** Returns whether something was left for a little later. */
export async function checkQueues(deps: KeeperDeps): Promise<boolean> {
  let leftOver = false;
  await forEachSubscription(deps, async (subscription) => {
    if (subscription.state === 'suspended') return checkSuspended(deps, subscription);
    const state = await deps.queues.inspect(subscriptionQueueName(subscription));
    if (state !== undefined) return checkBindings(deps, subscription);
    const isNew = deps.clock.nowMs() - subscription.createdAt.getTime() < newMs;
    leftOver ||= isNew;
    if (!isNew) await restoreQueue(deps, subscription);
  });
  return leftOver;
}

async function checkBindings(deps: KeeperDeps, subscription: Subscription): Promise<void> {
  const { queues, log, tellLost } = deps;
  const { id: subscriptionId, delivery, accounts } = subscription;
  const queue = subscriptionQueueName(subscription);
  await queues.declare({ queue, subscriptionId, delivery }).catch((err: unknown) => {
    // Declared by an earlier version with other limits: it goes on with those.
    if (!(isGatewayError(err) && err.code === 'conflict')) throw err;
    log.debug('a queue was declared otherwise', { subscriptionId, err });
  });
  await queues.bind(queue, [
    ...scopePatterns(subscription),
    ...patternsOf(
      subscription,
      accounts.filter(({ bound }) => bound),
    ),
  ]);
  await queues.unbind(
    queue,
    patternsOf(
      subscription,
      accounts.filter(({ withdrawn }) => withdrawn),
    ),
  );
  // Who was to tell it may have died before.
  if ((await findOrRemove(deps, subscription))?.noticeDue) tellLost(subscriptionId);
}

/** Nothing may come; what waits there is kept for a while, if somebody still wants to look at it. */
async function checkSuspended(deps: KeeperDeps, subscription: Subscription): Promise<void> {
  const { store, queues, clock, log, keptMs } = deps;
  const { id, accounts, suspendedAt } = subscription;
  await queues.unbind(subscriptionQueueName(subscription), [
    ...scopePatterns(subscription),
    ...patternsOf(subscription, accounts),
  ]);
  const sinceMs = clock.nowMs() - (suspendedAt ?? subscription.createdAt).getTime();
  if (sinceMs < keptMs) return;
  await store.read.subscriptions.end(id, new Date(clock.nowMs()));
  log.info('a subscription is ended: its client was disabled long ago', { subscriptionId: id });
}

function patternsOf({ filter }: Subscription, accounts: readonly SubscriptionAccount[]): string[] {
  return accounts.flatMap(({ accountId, cloud }) => accountPatterns(filter, { id: accountId, cloud }));
}
