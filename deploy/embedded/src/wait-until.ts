// Waiting for a condition, never for a time.
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is true (then true) or the deadline has passed (then false). */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { deadlineMs, intervalMs = 25 }: { deadlineMs: number; intervalMs?: number },
): Promise<boolean> {
  const endMs = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() >= endMs) return false;
    await sleep(intervalMs);
  }
  return true;
}
