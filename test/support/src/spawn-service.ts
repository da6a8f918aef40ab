// A service as a process of its own: its output is kept and searched for secrets, and it never outlives the run.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { eventually } from './eventually.ts';
import { rememberOpen } from './left-open.ts';
import { captureLogLine } from './run-captured-logs.ts';

export type SpawnServiceOptions = {
  /** The compiled main.js. */
  entry: string;
  args?: string[];
  /** The whole environment, apart from PATH. */
  env: Record<string, string>;
  /** In error messages, and the name of its captured log. */
  name: string;
  /** Ready when a line of its output is accepted, or when the address answers with a 2xx status. */
  ready: { logLine: (line: string) => boolean } | { url: string };
  /** Default 20 s. */
  readyTimeoutMs?: number;
};

export type ServiceExit = { status: number | null; signal: NodeJS.Signals | null };

export type SpawnedService = {
  readonly name: string;
  readonly pid: number;
  /** Every line of stdout and stderr so far. */
  readonly lines: readonly string[];
  readonly exited: Promise<ServiceExit>;
  /** Sends the signal (default SIGKILL) and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<ServiceExit>;
  /** SIGTERM. Rejects, after killing it, when the service has not ended within the time (default 15 s). */
  stop(timeoutMs?: number): Promise<ServiceExit>;
};

/** Starts the service and waits until it is ready. Still running at the end of the run: the run fails. */
export async function spawnService(options: SpawnServiceOptions): Promise<SpawnedService> {
  const { name } = options;
  const child = spawnNode(options);
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output as Readable }).on('line', (line) => {
      lines.push(line);
      captureLogLine(name, line);
    });
  }
  let exit: ServiceExit | undefined;
  const exited = exitOf(child).then((how) => {
    exit = how;
    forget();
    return how;
  });
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    return exited;
  };
  const forget = rememberOpen(`service ${name} (process ${child.pid})`, async () => void (await kill()));
  const service: SpawnedService = {
    name,
    pid: child.pid as number, // undefined only when it cannot be spawned: then exitOf has rejected
    lines,
    exited,
    kill,
    stop: async (timeoutMs = 15_000) => {
      child.kill('SIGTERM');
      try {
        return await eventually(() => exit, { timeoutMs });
      } catch {
        await kill();
        throw new Error(`${name} had not ended ${timeoutMs} ms after SIGTERM:\n${lastLines(lines)}`);
      }
    },
  };
  await becomeReady(service, options);
  return service;
}

function spawnNode({ entry, args = [], env }: SpawnServiceOptions): ChildProcess {
  const { PATH = '/usr/bin:/bin', NODE_V8_COVERAGE } = process.env; // coverage counts what services execute
  const node = [process.execPath, '--enable-source-maps', entry, ...args];
  // Killed by the kernel when mocha is: a run that is interrupted leaves nothing.
  const setpriv = '/usr/bin/setpriv';
  const argv = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', '--', ...node] : node;
  return spawn(argv[0] as string, argv.slice(1), {
    env: { PATH, ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function exitOf(child: ChildProcess): Promise<ServiceExit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal })); // `close`: its last lines have been read
  });
}

async function becomeReady(service: SpawnedService, options: SpawnServiceOptions): Promise<void> {
  const { name, lines } = service;
  let exit: ServiceExit | undefined;
  void service.exited.then((how) => {
    exit = how;
  });
  try {
    await eventually(async () => exit !== undefined || (await isReady(options.ready, lines)), {
      timeoutMs: options.readyTimeoutMs ?? 20_000,
    });
  } catch {
    await service.kill();
    throw new Error(`${name} did not become ready:\n${lastLines(lines)}`);
  }
  if (exit)
    throw new Error(`${name} ended with ${exit.signal ?? `status ${exit.status}`}:\n${lastLines(lines)}`);
}

async function isReady(ready: SpawnServiceOptions['ready'], lines: readonly string[]): Promise<boolean> {
  if ('logLine' in ready) return lines.some(ready.logLine);
  const response = await fetch(ready.url, { signal: AbortSignal.timeout(2000) });
  await response.body?.cancel();
  return response.ok;
}

function lastLines(lines: readonly string[]): string {
  return lines.slice(-20).join('\n') || '(it wrote nothing)';
}
