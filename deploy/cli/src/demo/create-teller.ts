// The voice of the tour: numbered steps for a person, one JSON object a step for a program.
import type { Teller } from './tour.ts';

export function createTeller({
  json,
  stdout,
  now,
}: {
  json: boolean;
  stdout: NodeJS.WritableStream;
  now: () => number;
}): Teller {
  let number = 0;
  let current = { name: '', startedAtMs: 0 };
  return {
    step(name, title) {
      number++;
      current = { name, startedAtMs: now() };
      if (!json) stdout.write(`\n${String(number).padStart(2)}. ${title}\n`);
    },
    line(text) {
      if (!json) stdout.write(`      ${text}\n`);
    },
    done(data) {
      const durationMs = Math.round(now() - current.startedAtMs);
      if (json) stdout.write(`${JSON.stringify({ step: current.name, ok: true, durationMs, ...data })}\n`);
    },
  };
}
