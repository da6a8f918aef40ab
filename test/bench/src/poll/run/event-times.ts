// When each change's event reached a consumer, as a client of the broker hears them.
import { setTimeout as delay } from 'node:timers/promises';
import { type BrokerConnection, subscribeEvents } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';

export interface EventTimes {
  /** Forgets what came before. */
  clear(): void;
  /** Waits until there are as many; gives milliseconds since 1970 by the cloud's id. Throws when they do not come. */
  wait(count: number): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

const patienceMs = 30_000;

export async function listenForEvents(connection: BrokerConnection, log: Logger): Promise<EventTimes> {
  let times = new Map<string, number>();
  const subscription = await subscribeEvents({
    connection,
    log,
    bindings: ['#'],
    onEvent: (payload) => {
      const { cloudId } = payload as { cloudId?: string };
      if (cloudId !== undefined) times.set(cloudId, performance.timeOrigin + performance.now());
    },
  });
  return {
    clear() {
      times = new Map();
    },
    async wait(count) {
      let last = { size: times.size, atMs: performance.now() };
      while (times.size < count) {
        if (times.size > last.size) last = { size: times.size, atMs: performance.now() };
        else if (performance.now() - last.atMs > patienceMs)
          throw new Error(`${times.size} of ${count} events have come, and no other in ${patienceMs} ms`);
        await delay(20);
      }
      return times;
    },
    stop: () => subscription.stop(),
  };
}
