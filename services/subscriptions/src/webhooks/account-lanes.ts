// The events that one webhook holds, a lane for each account: what is posted next, and who has to wait for whom. In a lane
// one event at a time is under way, and the next has its turn when that one is done with. Lanes know nothing of each
// other, so an account that fails waits alone. Times are milliseconds of any one clock. No I/O.
//
// But the window is one for all: the broker gives out no more events than it holds. So lanes that fail may hold half of
// it; `crowdingKey` names the one that has to give way beyond that.

export interface AccountLanes<Item> {
  add(key: string, item: Item): void;
  /** Takes the first event of the lane that has waited longest; nothing when each is under way, delayed or empty. */
  take(nowMs: number): { readonly key: string; readonly item: Item } | undefined;
  /** What was taken is done with: delivered, or given up. */
  finish(key: string, end: { readonly isDelivered: boolean }): void;
  /** What was taken is the first of its lane again, at `untilMs`. `item` undefined: it comes again by another way. */
  putBack(key: string, item: Item | undefined, untilMs: number): void;
  /** Takes away all that waits. What is under way stays so, and delays stay. */
  clear(): void;
  /** When `take` may give something that it does not give now; undefined: not by waiting. */
  nextAtMs(): number | undefined;
  /** The largest of the lanes that failed at last, when those together hold more than `half`. */
  crowdingKey(half: number): string | undefined;
  /** Since when each post of this lane has failed, over all its events; undefined when the last one has not. */
  failingSinceMs(key: string): number | undefined;
  /** Ends its delay. */
  hurry(key: string): void;
  /** The events that wait first in their lanes. */
  heads(): Item[];
}

interface Lane<Item> {
  readonly waiting: Item[];
  isUnderWay: boolean;
  notBeforeMs: number;
  failingSinceMs: number | undefined;
}

export function createAccountLanes<Item>(clock: { nowMs(): number }): AccountLanes<Item> {
  // In the order of turns: whose turn it was goes to the end.
  const lanes = new Map<string, Lane<Item>>();

  function laneOf(key: string): Lane<Item> {
    const known = lanes.get(key);
    if (known) return known;
    const made: Lane<Item> = {
      waiting: [],
      isUnderWay: false,
      notBeforeMs: Number.NEGATIVE_INFINITY,
      failingSinceMs: undefined,
    };
    lanes.set(key, made);
    return made;
  }

  const sizeOf = (lane: Lane<Item>) => lane.waiting.length + (lane.isUnderWay ? 1 : 0);
  const mayGo = (lane: Lane<Item>) => !lane.isUnderWay && lane.waiting.length > 0;

  return {
    add(key, item) {
      laneOf(key).waiting.push(item);
    },
    take(nowMs) {
      for (const [key, lane] of lanes) {
        if (!mayGo(lane) || lane.notBeforeMs > nowMs) continue;
        const item = lane.waiting.shift();
        if (item === undefined) continue;
        lane.isUnderWay = true;
        lanes.delete(key);
        lanes.set(key, lane);
        return { key, item };
      }
      return undefined;
    },
    finish(key, { isDelivered }) {
      const lane = laneOf(key);
      lane.isUnderWay = false;
      lane.notBeforeMs = Number.NEGATIVE_INFINITY;
      lane.failingSinceMs = isDelivered ? undefined : (lane.failingSinceMs ?? clock.nowMs());
      if (lane.waiting.length === 0) lanes.delete(key);
    },
    putBack(key, item, untilMs) {
      const lane = laneOf(key);
      lane.isUnderWay = false;
      lane.notBeforeMs = untilMs;
      lane.failingSinceMs ??= clock.nowMs();
      if (item !== undefined) lane.waiting.unshift(item);
    },
    clear() {
      for (const [key, lane] of lanes) {
        lane.waiting.length = 0;
        if (!lane.isUnderWay && lane.notBeforeMs <= clock.nowMs()) lanes.delete(key);
      }
    },
    nextAtMs() {
      const times = [...lanes.values()].filter(mayGo).map(({ notBeforeMs }) => notBeforeMs);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    crowdingKey(half) {
      const failing = [...lanes].filter(([, lane]) => lane.failingSinceMs !== undefined);
      const held = failing.reduce((sum, [, lane]) => sum + sizeOf(lane), 0);
      if (held <= half) return undefined;
      return failing.reduce((largest, each) => (sizeOf(each[1]) > sizeOf(largest[1]) ? each : largest))[0];
    },
    failingSinceMs: (key) => lanes.get(key)?.failingSinceMs,
    hurry(key) {
      laneOf(key).notBeforeMs = Number.NEGATIVE_INFINITY;
    },
    heads() {
      return [...lanes.values()].flatMap(({ waiting }) => waiting.slice(0, 1));
    },
  };
}
