// Starts one of our own programs (programs.ts) in a process of its own, on one core, and calls it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ChildAnswer, ChildCall, ChildMethods } from './child-call.ts';
import { type Pinning, pinned } from './pinned.ts';
import type { ProgramName } from './program-name.ts';

export interface Child<Methods extends ChildMethods> {
  readonly pid: number;
  /** Rejects with what the method threw, when the process ends, and after `timeoutMs` (default: a minute). */
  call<Name extends keyof Methods & string>(
    name: Name,
    input: Parameters<Methods[Name]>[0],
    timeoutMs?: number,
  ): Promise<Awaited<ReturnType<Methods[Name]>>>;
  /** Ends the process; by force when it does not end by itself. */
  stop(): Promise<void>;
}

export interface ChildOptions extends Pinning {
  readonly program: ProgramName;
  /** Writes `<program>.cpuprofile` there when the process ends. */
  readonly profileDirectory?: string | undefined;
  /** Of Node. */
  readonly nodeArguments?: readonly string[];
}

export function startChild<Methods extends ChildMethods>({
  program,
  core,
  profileDirectory,
  nodeArguments = [],
}: ChildOptions): Child<Methods> {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const profiling = profileDirectory ? profileArguments(profileDirectory, program) : [];
  const { file, args } = pinned({ core }, process.execPath, [
    ...nodeArguments,
    ...profiling,
    main,
    'program',
    program,
  ]);
  const child = spawn(file, args, { stdio: ['ignore', 2, 2, 'ipc'] }); // Standard output is for the result.
  const waiting = new Map<number, (answer: ChildAnswer) => void>();
  let calls = 0;
  child.on('message', (answer: ChildAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    const message = `${program} has ended (${String(signal ?? `status ${code}`)})`;
    for (const [id, answer] of waiting) answer({ id, ok: false, message });
    waiting.clear();
  });

  async function call(name: string, input: unknown, timeoutMs = 60_000): Promise<unknown> {
    const id = calls++;
    const message: ChildCall = { id, method: name, input };
    const answered = new Promise<ChildAnswer>((resolve) => waiting.set(id, resolve));
    child.send(message, (err) => {
      if (err) waiting.get(id)?.({ id, ok: false, message: `${program} cannot be reached: ${err.message}` });
    });
    const giveUp = new AbortController();
    const late = delay(timeoutMs, undefined, { signal: giveUp.signal }).then(
      (): ChildAnswer => ({
        id,
        ok: false,
        message: `${program} did not answer to ${name} in ${timeoutMs} ms`,
      }),
    );
    late.catch(() => undefined); // Aborted: the answer was in time.
    const answer = await Promise.race([answered, late]);
    giveUp.abort();
    waiting.delete(id);
    if (!answer.ok) throw new Error(answer.message);
    return answer.value;
  }

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await Promise.race([ended, delay(stopTimeoutMs, undefined, { ref: false })]);
    child.kill('SIGKILL'); // No effect on one that has ended.
    await ended;
  }

  // The types say what the program of that name serves.
  return { pid: child.pid ?? 0, call: call as Child<Methods>['call'], stop };
}

/** For V8's profiler, which writes when the process ends in order. */
export function profileArguments(directory: string, name: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-name=${name}.cpuprofile`];
}

const stopTimeoutMs = 10_000;
