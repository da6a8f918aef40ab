// The life of a process, the same for every main.ts: start, serve, stop once. Modes: starting → serving → ending.
// The first signal stops in order; the second ends at once. A fault that nobody caught ends the process too, after it
// had the same bounded time to hand back its work: its state can no longer be trusted.
import { isConfigurationError } from '../config/configuration-error.ts';
import { createLogger } from '../logging/create-logger.ts';
import type { Logger } from '../logging/logger.ts';
import { withDeadline } from '../time/with-deadline.ts';
import { exitCodes } from './exit-codes.ts';

export interface Running {
  stop(): Promise<void>;
  /** Once started, the process's own log lines go here. */
  readonly log?: Logger;
}

export interface ProcessOptions {
  /** Name of the process, for its log lines. */
  readonly name: string;
  /** Reads the configuration, starts everything. `signal` is aborted when the process is asked to end meanwhile. */
  readonly start: (context: { readonly signal: AbortSignal }) => Promise<Running>;
  /** For what happens before `start` gives another. Default: JSON lines on standard output. */
  readonly log?: Logger;
  /** How long the stop may take. Default 10 000; Kubernetes kills after 30 s, systemd after 90 s. */
  readonly shutdownTimeoutMs?: number;
}

/** Resolves when the start is done (or has failed, and the process is ending). Ends the process by itself. */
export async function runProcess(options: ProcessOptions): Promise<void> {
  const { name, start, shutdownTimeoutMs = 10_000 } = options;
  const aborting = new AbortController();
  let log = options.log ?? createLogger({ service: name });
  let ending = false;

  process.on('SIGTERM', () => onSignal('SIGTERM'));
  process.on('SIGINT', () => onSignal('SIGINT'));
  process.on('uncaughtException', (err) => onFault('uncaught exception', err));
  process.on('unhandledRejection', (reason) => onFault('unhandled rejection', reason));

  const starting = (async () => start({ signal: aborting.signal }))();
  try {
    const running = await starting;
    log = running.log ?? log;
    if (!ending) log.info('started', { pid: process.pid });
  } catch (err) {
    if (!ending) await endAfterFailedStart(err);
  }

  function onSignal(signal: 'SIGTERM' | 'SIGINT'): void {
    if (ending) process.exit(exitCodes[signal]);
    log.info('stopping', { signal });
    void end(exitCodes.ok);
  }

  function onFault(what: string, err: unknown): void {
    // The first one is the fault; those that follow while everything is torn down are mostly its echo.
    if (ending) {
      log.warn(`${what} while stopping`, { err });
      return;
    }
    log.error(what, { err });
    void end(exitCodes.software);
  }

  async function end(code: number): Promise<void> {
    ending = true;
    aborting.abort();
    const startedAtMs = performance.now();
    const problem = await stopWithin(starting, shutdownTimeoutMs);
    const durationMs = Math.round(performance.now() - startedAtMs);
    if (problem === undefined) log.info('stopped', { durationMs });
    else log.error('did not stop cleanly', { durationMs, err: problem });
    await exit(problem !== undefined && code === exitCodes.ok ? exitCodes.failed : code);
  }

  async function endAfterFailedStart(err: unknown): Promise<void> {
    ending = true;
    if (!isConfigurationError(err)) {
      log.error('the start failed', { err });
      return exit(exitCodes.failed);
    }
    // For a person at a terminal, not for a log collector: plain lines.
    process.stderr.write(`${name}: the configuration cannot be used\n${err.message.replace(/^/gm, '  ')}\n`);
    await exit(exitCodes.config);
  }
}

// A start that is under way is waited for, because only its result can be stopped; one that fails has nothing to stop.
async function stopWithin(starting: Promise<Running>, timeoutMs: number): Promise<unknown> {
  const late = () => new Error(`not stopped after ${timeoutMs} ms`);
  const stopping = starting.then(
    (running) => running.stop(),
    () => {},
  );
  return withDeadline(stopping, timeoutMs, late).then(
    () => undefined,
    (err: unknown) => err,
  );
}

// winston hands lines on in later turns of the event loop; exiting at once would lose the last ones, which matter most.
async function exit(code: number): Promise<never> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  process.exit(code);
}
