// One process of a server: started so that it cannot outlive us, ended within a deadline.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { signalGroup } from './signal-group.ts';
import { waitUntil } from './wait-until.ts';

export type ServerCommand = {
  file: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  /** Where both of its outputs go: a file, not a pipe, which would break under it when we die. */
  logPath: string;
};

export type ServerProcess = {
  readonly pid: number;
  isAlive(): boolean;
  /** Resolves, in words, when the process has ended. */
  readonly ended: Promise<string>;
  /** SIGTERM, and SIGKILL when the deadline has passed. */
  terminate(deadlineMs: number): Promise<void>;
  kill(): Promise<void>;
};

/** Starts the process; rejects when the program cannot be run. */
export async function startServerProcess(
  command: ServerCommand,
  setpriv: string | undefined,
): Promise<ServerProcess> {
  const child = await spawnDetached(command, setpriv);
  const pid = child.pid as number; // set: the spawn event was seen
  if (!setpriv) spawnWatchdog(pid, command);
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with status ${code}`),
    ),
  );
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    child.ref();
    signalGroup(pid, 'SIGKILL');
    await ended;
  };
  return {
    pid,
    isAlive,
    ended,
    kill,
    terminate: async (deadlineMs) => {
      child.ref();
      child.kill('SIGTERM');
      if (!(await waitUntil(() => !isAlive(), { deadlineMs }))) await kill();
    },
  };
}

function spawnDetached(command: ServerCommand, setpriv: string | undefined): Promise<ChildProcess> {
  // The kernel sends SIGTERM when we are gone, by whatever cause. Armed by setpriv, kept across exec.
  const argv = setpriv
    ? [setpriv, '--pdeathsig', 'TERM', '--', command.file, ...command.args]
    : [command.file, ...command.args];
  const logFd = openSync(command.logPath, 'a', 0o600);
  const child = spawn(argv[0] as string, argv.slice(1), {
    cwd: command.cwd,
    env: command.env,
    detached: true, // the terminal's Ctrl-C is for us: we stop the servers in order
    stdio: ['ignore', logFd, logFd],
  });
  closeSync(logFd);
  child.unref(); // a caller that fails without stop() must be able to exit; the servers follow it
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child));
  });
}

// Without setpriv (util-linux): a shell that looks once a second whether we still live.
function spawnWatchdog(pid: number, { env }: ServerCommand): void {
  const script = 'while kill -0 "$1"; do kill -0 "$2" || exit; sleep 1; done; kill -TERM "$2"';
  const args = ['-c', `exec 2>/dev/null; ${script}`, 'watchdog', String(process.pid), String(pid)];
  spawn('/bin/sh', args, { env, detached: true, stdio: 'ignore' }).unref();
}
