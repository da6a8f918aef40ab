// Runs a short-lived program to its end, never longer than its deadline.
import { spawn } from 'node:child_process';
import { signalGroup } from './signal-group.ts';

export type ProgramRun = {
  file: string;
  args: string[];
  env: Record<string, string>;
  deadlineMs: number;
  onLine?: (line: string) => void;
};

/** `status` is null when the program was killed, at its deadline or by somebody else. */
export type ProgramResult = { status: number | null; output: string };

const termGraceMs = 3000;

/** Resolves with the exit status and both outputs as one text; rejects only when the program cannot be started. */
export function runProgram({ file, args, env, deadlineMs, onLine }: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    // Its own process group: Ctrl-C in the terminal is for us to answer, and the deadline ends its children too.
    const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const timers = [
      setTimeout(() => signalGroup(child.pid, 'SIGTERM'), deadlineMs),
      setTimeout(() => {
        signalGroup(child.pid, 'SIGKILL');
        resolve({ status: null, output }); // a program under sudo cannot be killed by us: leave it, do not hang
      }, deadlineMs + termGraceMs),
    ];
    let output = '';
    let unfinishedLine = '';
    const take = (chunk: string) => {
      output += chunk;
      const lines = (unfinishedLine + chunk).split('\n');
      unfinishedLine = lines.pop() ?? '';
      for (const line of lines) onLine?.(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (err) => {
      timers.forEach(clearTimeout);
      reject(err);
    });
    child.on('close', (status) => {
      timers.forEach(clearTimeout);
      resolve({ status, output });
    });
  });
}
