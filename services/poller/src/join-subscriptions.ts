// The last step of a subscription that begins with stored events: what was published since its replay goes into its
// queue, the queue is bound, and from then on it gets what the relay publishes. The relay does this between two of its
// turns: as it alone publishes changes, and publishes nothing meanwhile, there is neither a gap nor a disorder. Who dies
// half-way leaves it `joining`: the next relay does it again, and events that come twice have the same id.
import { matchesBinding } from '@cloud-gateway/contracts';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import {
  accountPatterns,
  type Store,
  type StoredEvent,
  type Subscription,
  subscriptionQueueName,
} from '@cloud-gateway/store';

export interface JoinDeps {
  readonly store: Store;
  readonly queues: Pick<SubscriptionQueues, 'put' | 'bind' | 'unbind'>;
  readonly lease: {
    /** Takes the lease anew for its whole length; false when another relay has it. */
    renew(): Promise<boolean>;
    /** Whether no other relay can have it yet. */
    isHeld(): boolean;
  };
  readonly log: Logger;
}

const subscriptionsPerTurn = 20;
const eventsPerSlice = 500;
/** With more before it, a subscription is replayed further: live events should not wait for it. */
const eventsMax = 2000;
const accountsPerQuery = 100;
const newsMs = 60_000;

/** False when one of them could not be joined: it is replayed again, which fails beside the relay and not in its way. */
export async function joinSubscriptions(deps: JoinDeps): Promise<boolean> {
  const { store, log } = deps;
  const joining = await store.read.subscriptions.listByState('joining', { limit: subscriptionsPerTurn });
  let isDone = true;
  for (const subscription of joining) {
    try {
      await join(deps, subscription);
    } catch (err) {
      isDone = false;
      const { id } = subscription;
      log.warn('a subscription could not be joined; it is tried again', { subscription: id, err });
      await sendBack(deps, id).catch(() => undefined); // A store that is away finds it `joining` again.
    }
  }
  return isDone;
}

async function join(deps: JoinDeps, subscription: Subscription): Promise<void> {
  const { store, queues, lease, log } = deps;
  if (!(await lease.renew())) return;
  const { id } = subscription;
  const accounts = toJoin(subscription);
  if (await isAheadOfRelay(deps, accounts)) return;
  if (!(await putRest(deps, subscription, accounts))) return sendBack(deps, id);
  if (!lease.isHeld()) return;
  const queue = subscriptionQueueName(subscription);
  const keys = accounts.flatMap(({ patterns }) => patterns);
  await queues.bind(queue, keys);
  // Another relay may have published since: what it did is not in the queue.
  if (!lease.isHeld()) return queues.unbind(queue, keys);
  const accountIds = accounts.map(({ accountId }) => accountId);
  const isActive = await store.inTransaction((tx) => tx.subscriptions.activate(id, accountIds));
  await unbindWithdrawn(deps, subscription, accounts);
  if (isActive) log.info('a subscription gets live events now', { subscription: id });
}

async function sendBack({ store }: JoinDeps, id: string): Promise<void> {
  await store.read.subscriptions.setState(id, { from: ['joining'], to: 'replaying' });
}

interface JoiningAccount {
  readonly accountId: string;
  readonly patterns: readonly string[];
  /** The outbox id after which its events begin. */
  readonly start: number;
  /** The outbox id up to which its events are in the queue. */
  afterId: number;
}

function toJoin({ accounts, filter }: Subscription): JoiningAccount[] {
  return accounts.flatMap(({ accountId, cloud, replayStart, replayedTo, withdrawn }) => {
    if (replayedTo === null || withdrawn) return [];
    const patterns = accountPatterns(filter, { id: accountId, cloud });
    return [{ accountId, patterns, start: replayStart ?? replayedTo, afterId: replayedTo }];
  });
}

/** True while events wait that happened before those that were asked for: bound now, it would get them too. */
async function isAheadOfRelay({ store }: JoinDeps, accounts: readonly JoiningAccount[]): Promise<boolean> {
  const starts = accounts.map(({ accountId, start }) => ({ accountId, afterId: start }));
  for (const some of inBatches(starts)) if (await store.read.outbox.hasWaitingUpTo(some)) return true;
  return false;
}

/** False when there is too much of it. */
async function putRest(
  { store, queues }: JoinDeps,
  subscription: Subscription,
  accounts: readonly JoiningAccount[],
): Promise<boolean> {
  const queue = subscriptionQueueName(subscription);
  const { outbox, subscriptions } = store.read;
  let seen = 0;
  for (const some of inBatches(accounts)) {
    const put = (events: readonly StoredEvent[]) => putMatching(queues, { queue, events, accounts: some });
    for (;;) {
      const events = await outbox.listStored(some, eventsPerSlice);
      await put(events);
      const moved = moveCursors(some, events);
      seen += events.length;
      if (events.length < eventsPerSlice) break;
      await subscriptions.moveReplayed(subscription.id, moved);
      if (seen >= eventsMax) return false;
    }
    const starts = some.map(({ accountId, start }) => ({ accountId, afterId: start }));
    const news = outbox.listRecentNews(starts, { withinMs: newsMs, pageSize: eventsPerSlice });
    for await (const events of news) await put(events);
  }
  return true;
}

function* inBatches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += accountsPerQuery) yield items.slice(at, at + accountsPerQuery);
}

async function putMatching(
  queues: JoinDeps['queues'],
  {
    queue,
    events,
    accounts,
  }: { queue: string; events: readonly StoredEvent[]; accounts: readonly JoiningAccount[] },
): Promise<void> {
  const patternsOf = new Map(accounts.map(({ accountId, patterns }) => [accountId, patterns]));
  const wanted = events.filter(({ accountId, routingKey }) =>
    patternsOf.get(accountId)?.some((pattern) => matchesBinding(pattern, routingKey)),
  );
  if (wanted.length > 0) await queues.put(queue, wanted);
}

function moveCursors(
  accounts: readonly JoiningAccount[],
  events: readonly StoredEvent[],
): { accountId: string; replayedTo: number }[] {
  const lastOf = new Map(events.map(({ accountId, outboxId }) => [accountId, outboxId]));
  for (const account of accounts) account.afterId = lastOf.get(account.accountId) ?? account.afterId;
  return [...lastOf].map(([accountId, replayedTo]) => ({ accountId, replayedTo }));
}

/** What its client may not see any more, or all of it when it is suspended or ended, was bound in vain. */
async function unbindWithdrawn(
  { store, queues }: JoinDeps,
  subscription: Subscription,
  accounts: readonly JoiningAccount[],
): Promise<void> {
  const after = await store.read.subscriptions.find(subscription.id);
  const bound = new Set(after?.accounts.flatMap((account) => (account.bound ? [account.accountId] : [])));
  const keys = accounts
    .filter(({ accountId }) => after?.state !== 'active' || !bound.has(accountId))
    .flatMap(({ patterns }) => patterns);
  if (keys.length > 0) await queues.unbind(subscriptionQueueName(subscription), keys);
}
