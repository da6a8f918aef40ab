// Calls per minute of a key, over all processes, for the rules that limit them. Own calls count at once; those of other
// processes are learned every 400 ms. So a limit can be passed by what the others let through in that time, no more.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { CallCount, Store } from '@cloud-gateway/store';
import { repeatEvery } from '../repeat-every.ts';

export interface CallCounter {
  /**
   * Counts one call and gives how many there were in this minute, this one with them: of the service, and of the key
   * in all. Call it only for keys with a rule that needs it. Cheap.
   */
  count(accessKeyId: string, service: string): CallsThisMinute;
  stop(): Promise<void>;
}

interface CallsThisMinute {
  readonly service: number;
  readonly all: number;
}

export interface CallCounterDeps {
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often processes tell each other. Default: 400. */
  readonly exchangeMs?: number;
}

const deadlineMs = 2000;

export function createCallCounter({ store, clock, log, exchangeMs = 400 }: CallCounterDeps): CallCounter {
  let minute = minuteOf(clock);
  let keys = new Map<string, KeyCounts>();
  let isStoreAway = false;
  const exchanging = repeatEvery(exchangeMs, exchange);
  return { count, stop: () => exchanging.stop() };

  function count(accessKeyId: string, service: string): CallsThisMinute {
    beginMinute();
    const key = getOrAdd(keys, accessKeyId, () => ({ all: 0, services: new Map() }));
    const counts = getOrAdd(key.services, service, () => ({ own: 0, told: 0, others: 0 }));
    counts.own += 1;
    key.all += 1;
    return { service: counts.own + counts.others, all: key.all };
  }

  /** What was not told of the last minute does not matter any more. */
  function beginMinute(): void {
    const now = minuteOf(clock);
    if (now === minute) return;
    minute = now;
    keys = new Map();
  }

  async function exchange(): Promise<void> {
    beginMinute();
    if (keys.size === 0) return;
    const exchanged = keys;
    try {
      await withDeadline(tellAndLearn(exchanged, new Date(minute * 60_000)), deadlineMs, late);
      isStoreAway = false;
    } catch (err) {
      if (!isStoreAway) log.warn('calls per minute are counted by each process alone', { err });
      isStoreAway = true;
    }
  }

  async function tellAndLearn(exchanged: ReadonlyMap<string, KeyCounts>, at: Date): Promise<void> {
    const news = untold(exchanged);
    // Before it is known to have arrived: counting a call twice would refuse what is allowed.
    for (const { counts, calls } of news) counts.told += calls;
    if (news.length > 0) await store.read.usage.addCallCounts({ minute: at, counts: news });
    const totals = await store.read.usage.readCallCounts({ minute: at, accessKeyIds: [...exchanged.keys()] });
    for (const { accessKeyId, service, calls } of totals) {
      const key = exchanged.get(accessKeyId);
      if (key !== undefined) learn(key, service, calls);
    }
  }
}

interface KeyCounts {
  /** Of all services, own and others. */
  all: number;
  readonly services: Map<string, ServiceCounts>;
}

interface ServiceCounts {
  own: number;
  /** Of the own ones, what the others have been told. */
  told: number;
  others: number;
}

function untold(keys: ReadonlyMap<string, KeyCounts>): (CallCount & { readonly counts: ServiceCounts })[] {
  const news: (CallCount & { readonly counts: ServiceCounts })[] = [];
  for (const [accessKeyId, { services }] of keys)
    for (const [service, counts] of services)
      if (counts.own > counts.told) {
        news.push({ accessKeyId, service, calls: counts.own - counts.told, counts });
      }
  return news;
}

function learn(key: KeyCounts, service: string, total: number): void {
  const counts = getOrAdd(key.services, service, () => ({ own: 0, told: 0, others: 0 }));
  const others = Math.max(0, total - counts.told);
  key.all += others - counts.others;
  counts.others = others;
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function minuteOf(clock: Clock): number {
  return Math.floor(clock.nowMs() / 60_000);
}

function late(): Error {
  return new Error('The database did not answer in time');
}
