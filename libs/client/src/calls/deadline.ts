// The time that something may take. It ends by the clock, by a caller who does not want to wait, or with the client.

export interface Deadline {
  /** Aborts at the end; its reason is what the waiting rejects with. */
  readonly signal: AbortSignal;
  readonly atMs: number;
  remainingMs(): number;
  /** Lets go of the clock and of the other signals; always to be called. */
  close(): void;
}

export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** End it too, each with its own reason. */
  readonly signals: readonly (AbortSignal | undefined)[];
  /** Reason when the time is over. */
  readonly late: () => Error;
}

export function openDeadline({ timeoutMs, signals, late }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  const atMs = Date.now() + timeoutMs;
  const timer = setTimeout(() => controller.abort(late()), Math.min(timeoutMs, longestTimerMs));
  const others = signals.filter((signal) => signal !== undefined);
  const onAbort = () => controller.abort(others.find((signal) => signal.aborted)?.reason);
  // Not AbortSignal.any: on Node 20 it keeps what it made as long as its sources live.
  for (const signal of others) signal.addEventListener('abort', onAbort);
  if (others.some((signal) => signal.aborted)) onAbort();
  return {
    signal: controller.signal,
    atMs,
    remainingMs: () => Math.max(0, atMs - Date.now()),
    close() {
      clearTimeout(timer);
      for (const signal of others) signal.removeEventListener('abort', onAbort);
    },
  };
}

const longestTimerMs = 2 ** 31 - 1;
