export interface RetryDelayInput {
  /** Counts from 1: how many attempts have failed so far. */
  readonly attempt: number;
  /** The longest delay after the first failure. Doubles with every further one. */
  readonly baseMs: number;
  /** No delay is longer. */
  readonly maxMs: number;
  /** From 0 to below 1. Default: Math.random. */
  readonly random?: () => number;
}

/**
 * Gives the delay before the next attempt: exponential with full jitter, so that many clients of one broken server do
 * not come back all at the same moment (see "Exponential Backoff And Jitter", AWS architecture blog).
 */
export function retryDelayMs({ attempt, baseMs, maxMs, random = Math.random }: RetryDelayInput): number {
  const ceilingMs = Math.min(maxMs, baseMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(random() * ceilingMs);
}
