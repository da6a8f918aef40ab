import { sleep } from '@cloud-gateway/runtime';

export interface Repetition {
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/** Runs `work` now and then again, `pauseMs` after each end. What it throws goes to `onError`, and it goes on. */
export function repeat(
  work: () => Promise<void>,
  { pauseMs, onError }: { readonly pauseMs: number; readonly onError: (err: unknown) => void },
): Repetition {
  const stopping = new AbortController();
  const loop = run();
  return {
    stop() {
      stopping.abort();
      return loop;
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await work().catch(onError);
      await sleep(pauseMs, stopping.signal).catch(() => undefined);
    }
  }
}
