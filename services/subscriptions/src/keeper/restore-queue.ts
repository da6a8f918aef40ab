// The broker has no such queue: it was never made, because a request died half way, or the broker lost it. In the latter
// case the subscriber is told since when events may be missing.
import type { Subscription, SubscriptionAccount } from '@cloud-gateway/store';
import { establishQueue } from '../establish-queue.ts';
import type { KeeperDeps } from './keeper-deps.ts';

export async function restoreQueue(deps: KeeperDeps, subscription: Subscription): Promise<void> {
  const { store, clock, log, tellLost } = deps;
  const { id } = subscription;
  const lost = await accountsWithLosses(deps, subscription);
  if (lost.length > 0) {
    log.warn('the broker has lost the queue of a subscription; it is made again', { subscriptionId: id });
    await store.read.subscriptions.noteDropped(id, {
      count: 0,
      lastAt: new Date(clock.nowMs()),
      accounts: lost.map(({ accountId, sequence }) => ({
        accountId,
        lowestSequence: (sequence ?? 0) + 1,
      })),
    });
  }
  if ((await establishQueue(deps, subscription)) && lost.length > 0) tellLost(id);
}

/** Those whose events were in the queue already, or may have been. */
async function accountsWithLosses(
  { store }: KeeperDeps,
  { accounts }: Subscription,
): Promise<SubscriptionAccount[]> {
  const lost: SubscriptionAccount[] = [];
  for (const account of accounts) {
    if (account.withdrawn) continue;
    if (account.bound || (await hasBegun(store, account))) lost.push(account);
  }
  return lost;
}

async function hasBegun(
  { read }: KeeperDeps['store'],
  { accountId, sequence, replayedTo }: SubscriptionAccount,
): Promise<boolean> {
  if (replayedTo === null || sequence === null) return false;
  const start = await read.outbox.findReplayStart(accountId, { sequence });
  return start.state === 'too-old' || start.afterId < replayedTo;
}
