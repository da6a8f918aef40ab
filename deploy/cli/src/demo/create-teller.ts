// The voice of the tour: numbered steps for a person, one JSON object a step for a program.
import { errorLine } from '../output/error-line.ts';

/** `title` says what the step is; `line` what came of it, for a person; `done` the same for a program. */
export interface Teller {
  step(name: string, title: string): void;
  line(text: string): void;
  done(data: Readonly<Record<string, unknown>>): void;
  /** Ends the present step, if one is under way: for a program; a person reads the error itself. */
  failed(err: unknown): void;
}

export function createTeller({
  json,
  stdout,
  now,
  aborted,
}: {
  json: boolean;
  stdout: NodeJS.WritableStream;
  now: () => number;
  /** No further step is begun after this; `step` throws its reason. */
  aborted: AbortSignal;
}): Teller {
  let number = 0;
  let current: { name: string; startedAtMs: number } | undefined;

  function end(data: Readonly<Record<string, unknown>>): void {
    if (!current) return;
    const durationMs = Math.round(now() - current.startedAtMs);
    if (json) stdout.write(`${JSON.stringify({ step: current.name, ...data, durationMs })}\n`);
    current = undefined;
  }

  return {
    step(name, title) {
      aborted.throwIfAborted();
      number++;
      current = { name, startedAtMs: now() };
      if (!json) stdout.write(`\n${String(number).padStart(2)}. ${title}\n`);
    },
    line(text) {
      if (!json) stdout.write(`${`      ${text}`.trimEnd()}\n`);
    },
    done: (data) => end({ ok: true, ...data }),
    failed: (err) => end({ ok: false, error: errorLine(err) }),
  };
}
