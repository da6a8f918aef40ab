// When a call that failed is made again. Pure.
import { isGatewayProblem } from '../gateway-problem.ts';

export interface FailedAttempt {
  readonly error: unknown;
  /** 1 for the first. */
  readonly attempt: number;
  readonly attemptsMax: number;
  readonly remainingMs: number;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
}

/** Milliseconds to wait before the next attempt; undefined: give up. */
export function repeatDelayMs({ error, attempt, attemptsMax, remainingMs, random }: FailedAttempt) {
  if (!isGatewayProblem(error) || !error.retryable || attempt >= attemptsMax) return undefined;
  const delayMs = Math.max(backoffMs(attempt, random), error.retryAfterMs ?? 0);
  return delayMs < remainingMs ? delayMs : undefined;
}

/** Doubles from 0.1 s to 5 s; between half of it and all of it, so that those who failed together do not come back so. */
export function backoffMs(attempt: number, random: () => number): number {
  const fullMs = Math.min(5_000, 100 * 2 ** (attempt - 1));
  return fullMs * (0.5 + random() / 2);
}
