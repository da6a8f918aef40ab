// The life of a long command: start, then serve until Ctrl-C, SIGTERM, its own end or a server's death, then stop in
// order. A second signal ends the process at once; the private servers see that it is gone and end too.
import { exitCodes } from '@cloud-gateway/runtime';

export interface LongRunning {
  /** Resolves when there is nothing left to do; rejects when a server died. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Resolves after a clean stop; rejects when the start failed or a server died. A signal during the start aborts it:
 * `start` then rejects, with everything stopped that it has started.
 */
export async function runUntilSignal(
  start: (aborted: AbortSignal) => Promise<LongRunning>,
  report: (message: string) => void,
): Promise<void> {
  const asking = new AbortController();
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    if (asking.signal.aborted) process.exit(exitCodes[signal]);
    report(`Stopping; ${signal === 'SIGINT' ? 'Ctrl-C again' : 'a second signal'} ends it at once.`);
    asking.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Holds the event loop: the private servers' processes and idle sockets do not.
  const alive = setInterval(() => undefined, 60_000);
  try {
    await serve(start, asking.signal);
  } finally {
    clearInterval(alive);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

async function serve(
  start: (aborted: AbortSignal) => Promise<LongRunning>,
  asked: AbortSignal,
): Promise<void> {
  let running: LongRunning;
  try {
    running = await start(asked);
  } catch (err) {
    if (asked.aborted && err === asked.reason) return;
    throw err;
  }
  try {
    await Promise.race([running.ended, whenAborted(asked)]);
  } finally {
    await running.stop();
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
