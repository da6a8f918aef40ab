// Tells subscribers, in their own queues, that events were dropped and from which sequence to synchronise. A subscriber
// that was away for too long so learns of it in the course of reading.
//
// One notice is under way at a time: at once for an account that it does not name yet, otherwise after a while, and again
// when the queue has dropped the notice itself.
import type { Clock } from '@cloud-gateway/clock';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import {
  administrativeEntry,
  type Store,
  type Subscription,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export interface DropNotices {
  /** Events of these accounts were dropped; `count` 0 when nobody knows how many. */
  noteLost(
    subscriptionId: string,
    lost: { readonly count: number; readonly lowest: ReadonlyMap<string, number> },
  ): void;
  /** The notice itself was dropped. */
  noteNoticeLost(subscriptionId: string, noticeId: string): void;
  /** To be told without further ado, with what the store knows. */
  tellSoon(subscriptionId: string): void;
  /** Tells what is still to be told; what it cannot, the store remembers (`noticeDue`). */
  stop(): Promise<void>;
}

export interface DropNoticesOptions {
  readonly store: Pick<Store, 'read'>;
  readonly queues: Pick<SubscriptionQueues, 'put'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** A second notice about the same accounts comes after so long. Default: a minute. */
  readonly repeatMs?: number;
  /** How often to look for what is to be told. Default: 250 ms. */
  readonly everyMs?: number;
}

/** What a subscriber has been told, and has still to be told. */
interface Telling {
  /** When the next notice is due; undefined: nothing to tell. */
  dueAtMs: number | undefined;
  /** Dropped since the last notice. */
  dropped: number;
  toldAtMs: number;
  /** Of the last notice: its id, and what it said of each account. */
  noticeId: string | undefined;
  told: ReadonlyMap<string, number>;
}

export function startDropNotices(options: DropNoticesOptions): DropNotices {
  const { clock, log, repeatMs = 60_000, everyMs = 250 } = options;
  const tellings = new Map<string, Telling>();
  const stopping = new AbortController();
  const loop = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(everyMs, stopping.signal).catch(() => undefined);
      for (const [id, telling] of due()) await tell(id, telling);
    }
  }

  function due(): [string, Telling][] {
    const nowMs = clock.nowMs();
    for (const [id, { dueAtMs, toldAtMs }] of tellings) {
      if (dueAtMs === undefined && nowMs - toldAtMs > forgetAfterMs) tellings.delete(id);
    }
    return [...tellings].filter(([, { dueAtMs }]) => dueAtMs !== undefined && dueAtMs <= nowMs);
  }

  /** False when store or broker refuse. */
  async function tell(id: string, telling: Telling): Promise<boolean> {
    const { subscriptions } = options.store.read;
    const { dropped } = telling;
    try {
      const subscription = await subscriptions.find(id);
      const notice = subscription && noticeOf(subscription, dropped, clock);
      if (!notice) {
        tellings.delete(id);
        if (subscription) await subscriptions.noteTold(id, subscription.dropped);
        return true;
      }
      telling.dueAtMs = undefined;
      telling.toldAtMs = clock.nowMs();
      await options.queues.put(notice.queue, [notice.event]);
      telling.dropped -= dropped;
      telling.noticeId = notice.event.id;
      telling.told = notice.syncFrom;
      await subscriptions.noteTold(id, subscription.dropped);
      return true;
    } catch (err) {
      log.debug('a subscriber cannot be told yet that it lost events', { subscriptionId: id, err });
      telling.dueAtMs = clock.nowMs() + retryMs;
      return false;
    }
  }

  function tellingOf(id: string): Telling {
    const telling = tellings.get(id) ?? newTelling();
    tellings.set(id, telling);
    return telling;
  }

  function setDue(telling: Telling, atMs: number): void {
    telling.dueAtMs = Math.min(atMs, telling.dueAtMs ?? Number.POSITIVE_INFINITY);
  }

  return {
    noteLost(id, { count, lowest }) {
      const telling = tellingOf(id);
      telling.dropped += count;
      const isNews = [...lowest].some(
        ([account, sequence]) => sequence <= (telling.told.get(account) ?? Infinity),
      );
      setDue(telling, isNews ? clock.nowMs() : telling.toldAtMs + repeatMs);
    },
    noteNoticeLost(id, noticeId) {
      const telling = tellingOf(id);
      // An older one needs no second: the last one says as much and more.
      if (telling.noticeId !== undefined && telling.noticeId !== noticeId) return;
      // Not at once: where very few may wait, each notice costs an event.
      setDue(telling, telling.toldAtMs + repeatMs / 6);
    },
    tellSoon: (id) => setDue(tellingOf(id), clock.nowMs()),
    async stop() {
      stopping.abort();
      await loop;
      for (const [id, telling] of tellings) {
        if (telling.dueAtMs !== undefined && !(await tell(id, telling))) return;
      }
    },
  };
}

const forgetAfterMs = 600_000;
const retryMs = 2_000;

function newTelling(): Telling {
  return {
    dueAtMs: undefined,
    dropped: 0,
    toldAtMs: Number.NEGATIVE_INFINITY,
    noticeId: undefined,
    told: new Map(),
  };
}

/** Undefined when there is nobody to tell, or nothing. */
function noticeOf(subscription: Subscription, dropped: number, clock: Clock) {
  if (subscription.state === 'suspended') return undefined;
  const lost = subscription.accounts.flatMap(({ accountId, lostFrom, withdrawn }) =>
    lostFrom === null || withdrawn ? [] : [{ account: accountId, syncFrom: lostFrom }],
  );
  const [first] = lost;
  if (first === undefined) return undefined;
  const event = administrativeEntry({
    id: mintId('evt', clock),
    subject: 'subscription.dropped',
    scope: first.account,
    atMs: clock.nowMs(),
    details: { subscriptionId: subscription.id, dropped, accounts: lost },
  });
  const syncFrom = new Map(lost.map(({ account, syncFrom: from }) => [account, from]));
  return { queue: subscriptionQueueName(subscription), event, syncFrom };
}
