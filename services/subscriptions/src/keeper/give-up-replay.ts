// A replay waits while its queue is half full, and what it has still to deliver is not purged meanwhile. Where nobody
// reads, that must end: the subscription goes on with live events, and is told what it has not got.
import type { Subscription, SubscriptionAccount } from '@cloud-gateway/store';
import type { KeeperDeps } from './keeper-deps.ts';

/** Whether it has waited for as long as events are stored. */
export function mustGiveUp({ clock, keptMs }: KeeperDeps, { createdAt }: Subscription): boolean {
  return clock.nowMs() - createdAt.getTime() >= keptMs;
}

/** `behind`: the accounts that are not replayed to the end. */
export async function giveUpReplay(
  { store, clock, log, tellLost }: KeeperDeps,
  { id }: Subscription,
  behind: readonly SubscriptionAccount[],
): Promise<void> {
  const { subscriptions, outbox } = store.read;
  const now = new Date(clock.nowMs());
  await subscriptions.noteDropped(id, {
    count: 0,
    lastAt: now,
    accounts: behind.map(({ accountId, sequence }) => ({ accountId, lowestSequence: (sequence ?? 0) + 1 })),
  });
  for (const { accountId, replayedTo } of behind) {
    const end = await outbox.lastId(accountId);
    await subscriptions.moveReplayed(id, [{ accountId, replayedTo: Math.max(replayedTo ?? 0, end) }]);
  }
  await subscriptions.setState(id, { from: ['replaying'], to: 'joining' });
  tellLost(id);
  log.info('a replay is given up: nobody has read it for as long as events are stored', {
    subscriptionId: id,
  });
}
