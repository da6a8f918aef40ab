// A program of docs/examples that runs until it ends by itself or is ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { captureLogLine, eventually } from '@cloud-gateway/test-support';

export interface RunningExample {
  /** What it has printed so far, errors too. */
  readonly lines: readonly string[];
  /** Waits for a line that fits, and gives what the expression has found in it. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until it ends by itself. Throws when it did not end with 0, with what it complained of. */
  end(): Promise<void>;
  /** Safe to call again. */
  kill(): Promise<void>;
}

export function startExample(
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): RunningExample {
  const { PATH = '/usr/bin:/bin' } = process.env;
  const child = spawn(file, args, {
    env: { PATH, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      captureLogLine('examples', line);
    });
  }
  const exit = exitOf(child);
  const about = () => `${args.join(' ')} printed:\n${lines.join('\n')}`;

  return {
    lines,
    async line(pattern) {
      const found = () => lines.map((line) => pattern.exec(line)).find((match) => match !== null);
      return eventually(() => found() ?? undefined, { timeoutMs: 40_000 }).catch(() => {
        throw new Error(`No line ${String(pattern)}. ${about()}`);
      });
    },
    async end() {
      const status = await eventually(() => exit.status, { timeoutMs: 40_000 }).catch(
        () => 'nothing: it runs',
      );
      if (status !== 0) throw new Error(`It ended with ${status}. ${about()}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await exit.closed;
    },
  };
}

/** `status` is undefined until it has ended; a signal's name when one ended it. */
function exitOf(child: ChildProcess): { status: number | string | undefined; closed: Promise<void> } {
  const exit: { status: number | string | undefined; closed: Promise<void> } = {
    status: undefined,
    closed: Promise.resolve(),
  };
  exit.closed = new Promise((resolve) => {
    const settle = (status: number | string) => {
      exit.status = status;
      resolve();
    };
    child.once('error', (err) => settle(err.message));
    child.once('close', (status, signal) => settle(status ?? String(signal)));
  });
  return exit;
}
