// Looks at a resource again and again until it rests in a state, or the time is up. The write has happened by then, so
// nothing here can fail: the last that is known is the answer.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { ResourceDocument } from '@cloud-gateway/store';

export interface StableWait {
  /** Asks the cloud, writes down what it says, and gives that; null when the cloud does not show it. */
  readonly look: (latest: ResourceDocument) => Promise<ResourceDocument | null>;
  readonly isStable: (document: ResourceDocument) => boolean;
  /** By the clock. */
  readonly untilMs: number;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Logger;
}

export async function waitForStable(first: ResourceDocument, wait: StableWait): Promise<ResourceDocument> {
  const { isStable, untilMs, clock } = wait;
  let latest = first;
  let pauseMs = firstPauseMs;
  while (!isStable(latest) && clock.nowMs() + pauseMs < untilMs) {
    await sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs);
    latest = (await lookQuietly(wait, latest)) ?? latest;
  }
  return latest;
}

const firstPauseMs = 500;
const longestPauseMs = 2_000;

async function lookQuietly(
  { look, log }: StableWait,
  latest: ResourceDocument,
): Promise<ResourceDocument | null> {
  try {
    return await look(latest);
  } catch (err) {
    // Throttled, say, or not to be seen yet. The next look may succeed, and the poller looks as well.
    log.debug('a resource could not be looked at while waiting for a stable state', { err });
    return null;
  }
}
