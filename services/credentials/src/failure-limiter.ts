// Counts failures per key within a window of time, in the memory of this process. It slows guessing down; what makes
// guessing hopeless is the length of the secrets.
import type { Clock } from '@cloud-gateway/clock';

export interface FailureLimiter {
  /** How long the key has to wait; 0 when it need not. */
  waitMs(key: string): number;
  failed(key: string): void;
  succeeded(key: string): void;
}

export interface FailureLimiterOptions {
  readonly failuresMax: number;
  /** Begins with the first failure. */
  readonly windowMs: number;
  /** How many keys are counted at once; the one that began longest ago is dropped. */
  readonly keysMax: number;
  readonly clock: Clock;
}

interface Window {
  failures: number;
  readonly endsAtMs: number;
}

export function createFailureLimiter(options: FailureLimiterOptions): FailureLimiter {
  const { failuresMax, windowMs, keysMax, clock } = options;
  const windows = new Map<string, Window>();

  function current(key: string): Window | undefined {
    const window = windows.get(key);
    if (window === undefined || window.endsAtMs > clock.nowMs()) return window;
    windows.delete(key);
    return undefined;
  }

  return {
    waitMs(key) {
      const window = current(key);
      return window !== undefined && window.failures >= failuresMax ? window.endsAtMs - clock.nowMs() : 0;
    },

    failed(key) {
      const window = current(key);
      if (window !== undefined) {
        window.failures += 1;
        return;
      }
      const oldest = windows.keys().next();
      if (windows.size >= keysMax && !oldest.done) windows.delete(oldest.value);
      windows.set(key, { failures: 1, endsAtMs: clock.nowMs() + windowMs });
    },

    succeeded: (key) => void windows.delete(key),
  };
}
