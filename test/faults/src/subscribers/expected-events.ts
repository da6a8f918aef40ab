// Every change that there was, as the store has kept it, and which of them a subscriber had to get.
import { type ResourceEvent, resourceEventSchema } from '@cloud-gateway/contracts';
import type { Store } from '@cloud-gateway/store';
import { expect } from 'chai';
import { checkSum } from './arrivals.ts';
import { selects } from './plan-subscription.ts';
import type { Subscriber } from './subscribe.ts';

/** What a comparison needs of an event. */
export interface KnownEvent
  extends Pick<
    ResourceEvent,
    'id' | 'account' | 'region' | 'resourceType' | 'change' | 'newState' | 'sequence' | 'observedAt'
  > {
  readonly sum: number;
}

/** By account, in the order of their sequence, which has no gap: or else the expectation fails. */
export async function readEvents(
  store: Store,
  accounts: readonly string[],
  count: number,
): Promise<ReadonlyMap<string, readonly KnownEvent[]>> {
  const byAccount = new Map<string, KnownEvent[]>();
  for (const account of accounts) byAccount.set(account, await readEventsOf(store, account));
  const all = [...byAccount.values()].flat();
  expect(all.length, 'events that were stored').to.equal(count);
  expect(new Set(all.map(({ id }) => id)).size, 'different ids').to.equal(count);
  return byAccount;
}

async function readEventsOf(store: Store, account: string): Promise<KnownEvent[]> {
  const events: KnownEvent[] = [];
  for (let afterId = 0; ; ) {
    const page = await store.read.outbox.listStored([{ accountId: account, afterId }], 2_000);
    const last = page.at(-1);
    if (last === undefined) break;
    afterId = last.outboxId;
    for (const { payload } of page) events.push(known(payload));
  }
  const gap = events.findIndex(({ sequence }, at) => sequence !== at + 1);
  expect(gap, `place of a gap in the sequences of ${account}`).to.equal(-1);
  expect(events.length, `events of ${account}`).to.equal(await store.read.sequences.current(account));
  return events;
}

function known(payload: string): KnownEvent {
  const { id, account, region, resourceType, change, newState, sequence, observedAt } =
    resourceEventSchema.parse(JSON.parse(payload));
  return {
    id,
    account,
    region,
    resourceType,
    change,
    newState,
    sequence,
    observedAt,
    sum: checkSum(payload),
  };
}

/** Of one account, in order. `mayCome`: between the sequence that was promised and the beginning, what has come anyway. */
export interface Expected {
  readonly mustCome: readonly KnownEvent[];
  readonly mayCome: readonly KnownEvent[];
}

export function expectedOf(
  { plan, from, subscription }: Subscriber,
  account: string,
  events: readonly KnownEvent[],
): Expected {
  const selected = events.filter((event) => selects(plan, event));
  const after = (sequence: number) => selected.filter((event) => event.sequence > sequence);
  if (from !== undefined && 'time' in from) {
    const fromMs = Date.parse(from.time);
    return { mustCome: selected.filter(({ observedAt }) => Date.parse(observedAt) > fromMs), mayCome: [] };
  }
  const asked = from?.sequences[account];
  if (asked !== undefined) return { mustCome: after(asked), mayCome: [] };
  // Live events: from the sequence on that the answer names. A little earlier ones may have found the binding there.
  const promised = subscription.accounts.find((one) => one.account === account)?.sequence ?? 0;
  return { mustCome: after(promised), mayCome: selected.filter(({ sequence }) => sequence <= promised) };
}
