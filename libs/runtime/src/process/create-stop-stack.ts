// What was started has to be stopped, in reverse order: consumers before the connection that carries their last
// answers, the connection before the store. service.ts adds each part right after it has started.
import { withDeadline } from '../time/with-deadline.ts';

export interface StopStack {
  /** Adds a part. `timeoutMs` bounds the stopping of this one. */
  add(name: string, stop: () => void | Promise<void>, timeoutMs?: number): void;
  /**
   * Stops every part, the last one added first, also when one fails or takes too long. Then rejects with one
   * AggregateError that names those. Safe to call again: gives the same promise.
   */
  stop(): Promise<void>;
}

interface Part {
  readonly name: string;
  readonly stop: () => void | Promise<void>;
  readonly timeoutMs: number;
}

/** `timeoutMs` is the bound for parts without one of their own. Default 5000. */
export function createStopStack({
  timeoutMs: defaultTimeoutMs = 5000,
}: {
  readonly timeoutMs?: number;
} = {}): StopStack {
  const parts: Part[] = [];
  let stopping: Promise<void> | undefined;

  return {
    add(name, stop, timeoutMs = defaultTimeoutMs) {
      if (stopping !== undefined) throw new Error(`${name} was started while everything is being stopped`);
      parts.push({ name, stop, timeoutMs });
    },
    stop() {
      stopping ??= stopAll(parts.toReversed());
      return stopping;
    },
  };
}

async function stopAll(parts: readonly Part[]): Promise<void> {
  const failures: Error[] = [];
  for (const part of parts) {
    try {
      await stopOne(part);
    } catch (err) {
      failures.push(
        new Error(`${part.name}: ${err instanceof Error ? err.message : String(err)}`, { cause: err }),
      );
    }
  }
  if (failures.length === 0) return;
  const reasons = failures.map((failure) => failure.message).join('; ');
  throw new AggregateError(
    failures,
    `${failures.length} of ${parts.length} parts did not stop cleanly: ${reasons}`,
  );
}

async function stopOne({ stop, timeoutMs }: Part): Promise<void> {
  const late = () => new Error(`did not stop within ${timeoutMs} ms`);
  await withDeadline((async () => stop())(), timeoutMs, late);
}
