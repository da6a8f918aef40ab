// Starts a program that is not ours, on one core, and waits until it listens.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Pinning, pinned } from './pinned.ts';

export interface Daemon {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface DaemonOptions extends Pinning {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  /** How long an orderly end may take. Default: 5 s. */
  readonly stopTimeoutMs?: number;
}

/** Rejects with the end of what it printed when it ends, or does not listen in 30 s. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { core, env, port, stopTimeoutMs = 5_000 } = options;
  const { file, args } = pinned({ core }, options.file, options.args);
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', ...env },
  });
  const printed = lastOutput(child);
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? `status ${code}`));
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await Promise.race([ended, delay(stopTimeoutMs, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await ended;
  }
  try {
    await becomeReady(port, ended);
    return { pid: child.pid ?? 0, stop };
  } catch (err) {
    await stop();
    throw new Error(
      `${options.file} did not start: ${err instanceof Error ? err.message : String(err)}\n${printed()}`,
    );
  }
}

async function becomeReady(port: number, ended: Promise<string>): Promise<void> {
  let how: string | undefined;
  void ended.then((end) => {
    how = end;
  });
  const deadlineMs = performance.now() + startTimeoutMs;
  while (!(await isListening(port))) {
    if (how !== undefined) throw new Error(`it ended with ${how}`);
    if (performance.now() > deadlineMs) throw new Error(`it does not listen on ${port}`);
    await delay(50);
  }
}

const startTimeoutMs = 30_000;

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function lastOutput(child: ChildProcess): () => string {
  let text = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
    });
  }
  return () => text;
}
