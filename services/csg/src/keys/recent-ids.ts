// Ids of which something was found out a moment ago. Bounded: whoever invents ids cannot fill the memory.
import type { Clock } from '@cloud-gateway/clock';

export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

export function createRecentIds({
  clock,
  keepMs,
  idsMax,
}: {
  readonly clock: Clock;
  readonly keepMs: number;
  readonly idsMax: number;
}): RecentIds {
  // In the order of adding: the oldest is the first.
  const untilMs = new Map<string, number>();
  return {
    has(id) {
      const endMs = untilMs.get(id);
      return endMs !== undefined && clock.nowMs() < endMs;
    },
    add(id) {
      untilMs.delete(id);
      untilMs.set(id, clock.nowMs() + keepMs);
      if (untilMs.size <= idsMax) return;
      const oldest = untilMs.keys().next();
      if (!oldest.done) untilMs.delete(oldest.value);
    },
  };
}
