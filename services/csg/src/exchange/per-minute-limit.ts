import type { Clock } from '@cloud-gateway/clock';

/** Gives a function that says yes so many times in a minute. */
export function perMinuteLimit(max: number, clock: Clock): () => boolean {
  let minute = 0;
  let taken = 0;
  return () => {
    const now = Math.floor(clock.nowMs() / 60_000);
    if (now !== minute) {
      minute = now;
      taken = 0;
    }
    taken += 1;
    return taken <= max;
  };
}
