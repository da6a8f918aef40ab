// Wait for a condition, never for a time.
import { setTimeout as sleep } from 'node:timers/promises';

export type EventuallyOptions = {
  /** Default 20 s: nobody waits for it but who fails, and a busy machine is no failure. */
  timeoutMs?: number;
  /** Default 25 ms. */
  intervalMs?: number;
  /** Said in front of the last error when the time is up. */
  message?: string;
};

/**
 * Asks until the answer is neither false nor undefined and nothing is thrown, and returns it. When the time is up, throws
 * what the last attempt threw.
 */
export async function eventually<Answer>(
  check: () => Promise<Answer> | Answer,
  { timeoutMs = 20_000, intervalMs = 25, message }: EventuallyOptions = {},
): Promise<Exclude<Answer, false | undefined>> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const attempt = await tryOnce(check);
    if ('answer' in attempt) return attempt.answer;
    if (performance.now() >= endMs) throw explained(attempt.error, message, timeoutMs);
    await sleep(intervalMs);
  }
}

type Attempt<Answer> = { answer: Exclude<Answer, false | undefined> } | { error: unknown };

async function tryOnce<Answer>(check: () => Promise<Answer> | Answer): Promise<Attempt<Answer>> {
  try {
    const answer = await check();
    if (answer === false || answer === undefined)
      return { error: new Error(`the answer was still ${answer}`) };
    return { answer: answer as Exclude<Answer, false | undefined> }; // the line above excludes them
  } catch (error) {
    return { error };
  }
}

// The same error object, so that chai's actual and expected reach the reporter.
function explained(error: unknown, message: string | undefined, timeoutMs: number): unknown {
  if (error instanceof Error)
    error.message = `${message ?? 'Not true'} after ${timeoutMs} ms: ${error.message}`;
  return error;
}
