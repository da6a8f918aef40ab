// Two times. The world's time drives instances, expiry and throttling, and can be moved forward. The wire's time is
// what the Date header says and what signatures are held against, and can be set wrong on purpose.
import type { Clock } from '@cloud-gateway/clock';

export interface SimulatorClock {
  /** The world's time. */
  readonly world: Clock;
  /** The time that callers see. */
  readonly wire: Clock;
  advanceMs(ms: number): void;
  setOffsetSeconds(seconds: number): void;
  reset(): void;
}

export function createSimulatorClock(base: Clock): SimulatorClock {
  let advancedMs = 0;
  let offsetMs = 0;
  return {
    world: { nowMs: () => base.nowMs() + advancedMs },
    wire: { nowMs: () => base.nowMs() + offsetMs },
    advanceMs: (ms) => {
      advancedMs += ms;
    },
    setOffsetSeconds: (seconds) => {
      offsetMs = seconds * 1000;
    },
    reset: () => {
      advancedMs = 0;
      offsetMs = 0;
    },
  };
}
