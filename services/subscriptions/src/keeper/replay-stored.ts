// Puts stored events into the queues of subscriptions that begin in the past, a slice at a time: each of them gets one
// slice, then the next has its turn. What was put is noted after the broker has confirmed it, so that dying in between
// puts a slice again, with the same ids. The rest, less than a slice, is the relay's: it joins stored and live events.
import { matchesBinding } from '@cloud-gateway/contracts';
import {
  accountPatterns,
  type StoredEvent,
  type Subscription,
  type SubscriptionAccount,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import { guarded } from './for-each-subscription.ts';
import { giveUpReplay, mustGiveUp } from './give-up-replay.ts';
import type { KeeperDeps } from './keeper-deps.ts';

// What outbox.listStored takes at once.
const accountsMax = 100;
const subscriptionsMax = 100;

/** Returns whether there is more to put at once; false too while only full queues are left. */
export async function replayStored(deps: KeeperDeps): Promise<boolean> {
  let isMore = false;
  for (const subscription of await listReplaying(deps)) {
    await deps.assertLeading();
    await guarded(deps, subscription.id, async () => {
      isMore = (await replaySlice(deps, subscription)) || isMore;
    });
  }
  return isMore;
}

async function listReplaying({ store }: KeeperDeps): Promise<Subscription[]> {
  const all: Subscription[] = [];
  for (;;) {
    const page = await store.read.subscriptions.listByState('replaying', {
      afterId: all.at(-1)?.id,
      limit: subscriptionsMax,
    });
    all.push(...page);
    if (page.length < subscriptionsMax) return all;
  }
}

async function replaySlice(deps: KeeperDeps, subscription: Subscription): Promise<boolean> {
  const { store, replaySlice: slice } = deps;
  let room = await roomIn(deps, subscription);
  let isMore = false;
  const behind = subscription.accounts.filter(
    ({ replayedTo, withdrawn }) => replayedTo !== null && !withdrawn,
  );
  for (let at = 0; at < behind.length; at += accountsMax) {
    const limit = Math.min(slice, room);
    if (limit <= 0) {
      if (mustGiveUp(deps, subscription)) await giveUpReplay(deps, subscription, behind);
      return false;
    }
    const accounts = behind.slice(at, at + accountsMax);
    const events = await store.read.outbox.listStored(accounts.map(toCursor), limit);
    room -= await putMatching(deps, subscription, events);
    isMore ||= events.length === limit;
  }
  if (isMore) return true;
  await store.read.subscriptions.setState(subscription.id, { from: ['replaying'], to: 'joining' });
  return false;
}

/**
 * How many events may be put: no more than fill half of what may wait, else those that were just put would be dropped
 * before their reader comes. A stream drops by its size, and a reader of it who wants old events knows that size.
 */
async function roomIn({ queues }: KeeperDeps, subscription: Subscription): Promise<number> {
  const { delivery } = subscription;
  if (delivery.kind === 'stream') return Number.POSITIVE_INFINITY;
  const state = await queues.inspect(subscriptionQueueName(subscription));
  return state === undefined ? 0 : Math.ceil(delivery.lengthMax / 2) - state.ready;
}

function toCursor({ accountId, replayedTo }: SubscriptionAccount) {
  return { accountId, afterId: replayedTo ?? 0 };
}

/** Returns how many of them the subscription wants. */
async function putMatching(
  { store, queues }: KeeperDeps,
  subscription: Subscription,
  events: readonly StoredEvent[],
): Promise<number> {
  const patterns = new Map(
    subscription.accounts.map(({ accountId, cloud }) => [
      accountId,
      accountPatterns(subscription.filter, { id: accountId, cloud }),
    ]),
  );
  const wanted = events.filter(({ accountId, routingKey }) =>
    patterns.get(accountId)?.some((pattern) => matchesBinding(pattern, routingKey)),
  );
  await queues.put(subscriptionQueueName(subscription), wanted);
  const replayedTo = new Map(events.map(({ accountId, outboxId }) => [accountId, outboxId]));
  await store.read.subscriptions.moveReplayed(
    subscription.id,
    [...replayedTo].map(([accountId, outboxId]) => ({ accountId, replayedTo: outboxId })),
  );
  return wanted.length;
}
