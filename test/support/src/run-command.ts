// Runs a program to its end: command line tools under test, openssl, the AWS CLI.
import { spawn } from 'node:child_process';

export type CommandResult = { status: number | null; stdout: string; stderr: string };

export type RunCommandOptions = {
  /** The whole environment, apart from PATH. */
  env?: Record<string, string>;
  input?: string;
  /** Default 30 s; then the program is killed and the promise rejects with what it wrote. */
  timeoutMs?: number;
};

export function runCommand(
  file: string,
  args: string[],
  { env, input, timeoutMs = 30_000 }: RunCommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { PATH = '/usr/bin:/bin' } = process.env;
    const child = spawn(file, args, { env: { PATH, ...env }, stdio: 'pipe', detached: true });
    const result: CommandResult = { status: null, stdout: '', stderr: '' };
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      process.kill(-(child.pid as number), 'SIGKILL'); // its children too; the timer is cleared when it has ended
    }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      result.stderr += text;
    });
    child.stdin.on('error', () => {}); // the program may end without reading its input
    child.stdin.end(input);
    child.once('error', (err) => {
      clearTimeout(timer);
      reject(err);
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      if (!isTooLate) return resolve({ ...result, status });
      reject(new Error(`${file} was not done after ${timeoutMs} ms:\n${result.stdout}${result.stderr}`));
    });
  });
}
