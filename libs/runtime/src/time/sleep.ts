import { setTimeout } from 'node:timers/promises';

// Beyond this Node's timer wraps round and fires at once.
const longestTimerMs = 2 ** 31 - 1;

/** Waits. Rejects with an AbortError as soon as `signal` is aborted; its `cause` is the signal's reason. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(Math.min(ms, longestTimerMs), undefined, signal === undefined ? {} : { signal });
}
