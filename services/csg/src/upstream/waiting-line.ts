// Those who wait for one of a limited number of things, served in the order in which they came.
import { UpstreamError } from './upstream-error.ts';

export interface WaitingLine<T> {
  /** Rejects with UpstreamError when the time is up or the signal is aborted. */
  wait(pool: string, signal: AbortSignal | undefined): Promise<T>;
  /** Which connections the first one in the line waits for. */
  readonly firstPool: string | undefined;
  serveFirst(thing: T): void;
  rejectAll(error: UpstreamError): void;
  readonly length: number;
}

interface Waiter<T> {
  readonly pool: string;
  readonly settle: (outcome: { readonly thing: T } | UpstreamError) => void;
}

export function createWaitingLine<T>({ withinMs }: { readonly withinMs: number }): WaitingLine<T> {
  // A Set keeps the order of insertion, and whoever gives up leaves from the middle of it.
  const line = new Set<Waiter<T>>();

  function first(): Waiter<T> | undefined {
    for (const waiter of line) return waiter;
    return undefined;
  }

  return {
    wait: (pool, signal) =>
      new Promise<T>((resolve, reject) => {
        const timer = setTimeout(() => waiter.settle(tooMany(pool, withinMs)), withinMs);
        const onAbort = (): void =>
          waiter.settle(new UpstreamError('closed', `waiting for a connection to ${pool}: given up`));
        const waiter: Waiter<T> = {
          pool,
          settle(outcome) {
            line.delete(waiter);
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
            if (outcome instanceof UpstreamError) reject(outcome);
            else resolve(outcome.thing);
          },
        };
        line.add(waiter);
        signal?.addEventListener('abort', onAbort);
        if (signal?.aborted === true) onAbort();
      }),
    get firstPool() {
      return first()?.pool;
    },
    serveFirst: (thing) => first()?.settle({ thing }),
    rejectAll(error) {
      for (const waiter of [...line]) waiter.settle(error);
    },
    get length() {
      return line.size;
    },
  };
}

function tooMany(pool: string, withinMs: number): UpstreamError {
  return new UpstreamError(
    'timeout',
    `no connection to ${pool} within ${withinMs} ms: all that this process may have are in use`,
  );
}
