// What had to be thrown away is counted always, and told once a minute: a loss must be known, and a log must not drown.
import type { Clock } from '@cloud-gateway/clock';
import type { Counter, Logger } from '@cloud-gateway/runtime';

export type ReportLoss = (count: number) => void;

export function createLossReport(options: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly counter: Counter;
  /** What was lost and what to do. */
  readonly message: string;
}): ReportLoss {
  const { clock, log, counter, message } = options;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let untold = 0;
  return (count) => {
    counter.inc(count);
    untold += count;
    if (clock.nowMs() - toldAtMs < 60_000) return;
    log.warn(message, { count: untold });
    toldAtMs = clock.nowMs();
    untold = 0;
  };
}
