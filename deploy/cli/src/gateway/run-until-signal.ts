// The life of a long command: start, then serve until Ctrl-C, SIGTERM or a server's death, then stop in order. A second
// signal ends the process at once; the private servers die with it.
import { exitCodes } from '@cloud-gateway/runtime';

export interface LongRunning {
  readonly failed?: Promise<never>;
  stop(): Promise<void>;
}

/** Resolves after a clean stop; rejects when the start failed or a server died. */
export async function runUntilSignal(start: () => Promise<LongRunning>): Promise<void> {
  let signals = 0;
  let asked: () => void = () => undefined;
  const askedToStop = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    signals++;
    if (signals > 1) process.exit(exitCodes[signal]);
    asked();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Holds the event loop: the private servers' processes and idle sockets do not.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const running = await start();
    try {
      await Promise.race([askedToStop, ...(running.failed ? [running.failed] : [])]);
    } finally {
      await running.stop();
    }
  } finally {
    clearInterval(alive);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
