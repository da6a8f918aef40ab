// Compares what came to a subscriber with what had to come: nothing missing, nothing foreign, nothing altered, and in
// order per account.
import { expectedOf, type KnownEvent } from './expected-events.ts';
import { selects } from './plan-subscription.ts';
import type { Subscriber } from './subscribe.ts';

/** The ids of the events that had to come. */
export function awaitedIds(
  subscriber: Subscriber,
  events: ReadonlyMap<string, readonly KnownEvent[]>,
): string[] {
  return [...events].flatMap(([account, ofAccount]) =>
    expectedOf(subscriber, account, ofAccount).mustCome.map(({ id }) => id),
  );
}

/** In words; empty when all is as promised. */
export function findFaults(
  subscriber: Subscriber,
  events: ReadonlyMap<string, readonly KnownEvent[]>,
): string[] {
  const { name, arrivals } = subscriber;
  const faults: string[] = [];
  const byId = new Map([...events.values()].flat().map((event) => [event.id, event]));
  const arrivedOf = new Map<string, KnownEvent[]>();
  for (const [id, sum] of arrivals.first) {
    const event = byId.get(id);
    if (event === undefined) faults.push(`${id} was never written`);
    else if (event.sum !== sum) faults.push(`${id} has other bytes than were written`);
    else listOf(arrivedOf, event.account).push(event);
  }
  for (const id of arrivals.altered) faults.push(`${id} came again with other bytes`);
  for (const [account, ofAccount] of events) {
    const expected = expectedOf(subscriber, account, ofAccount);
    faults.push(...faultsOf(subscriber, account, arrivedOf.get(account) ?? [], expected));
  }
  for (const notice of arrivals.notices) faults.push(`the gateway told it: ${notice}`);
  return faults.map((fault) => `${name} (${subscriber.plan.delivery}): ${fault}`);
}

function faultsOf(
  { plan, from }: Subscriber,
  account: string,
  arrived: readonly KnownEvent[],
  { mustCome, mayCome }: ReturnType<typeof expectedOf>,
): string[] {
  const faults: string[] = [];
  const ids = new Set(arrived.map(({ id }) => id));
  const allowed = new Set([...mayCome, ...mustCome].map(({ id }) => id));
  const missing = mustCome.filter(({ id }) => !ids.has(id));
  const others = arrived.filter(({ id }) => !allowed.has(id));
  const foreign = others.filter((event) => !selects(plan, event));
  const early = others.filter((event) => selects(plan, event));
  if (missing.length > 0)
    faults.push(`${account}: ${missing.length} are missing, the first ${inShort(missing[0])}`);
  if (foreign.length > 0)
    faults.push(`${account}: ${foreign.length} are not its own, the first ${inShort(foreign[0])}`);
  if (early.length > 0)
    faults.push(
      `${account}: ${early.length} from before ${JSON.stringify(from)}, the first ${inShort(early[0])}`,
    );
  const back = arrived.findIndex((event, at) => event.sequence < (arrived[at - 1]?.sequence ?? 0));
  if (back > 0) faults.push(`${account}: ${inShort(arrived[back])} came after ${inShort(arrived[back - 1])}`);
  return faults;
}

function inShort(event: KnownEvent | undefined): string {
  if (event === undefined) return 'nothing';
  return `${event.sequence} (${event.change} of a ${event.resourceType} in ${event.region} at ${event.observedAt})`;
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
