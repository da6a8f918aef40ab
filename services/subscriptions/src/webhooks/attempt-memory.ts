// What is known of events under way beyond the channel that they came by: the broker delivers them again when it dies, and
// the count of attempts goes on. Not beyond the process: a restart begins anew.
import type { Decision } from './decide-next.ts';

export interface Attempts {
  count: number;
  readonly firstAtMs: number;
  /** It is a dead letter, and only waits to be stored. */
  givenUp: Decision | undefined;
}

export interface AttemptMemory {
  /** Those of this event, none so far if it is new. */
  of(eventId: string, nowMs: number): Attempts;
  /** All that is known of it. */
  forget(eventId: string): void;
  /** It is done with, but the broker could not be told. */
  noteDone(eventId: string): void;
  /** Whether it was; once. */
  takeDone(eventId: string): boolean;
}

/** Remembers so many events of each kind, the latest. */
export function createAttemptMemory(sizeMax: number): AttemptMemory {
  const attempts = new Map<string, Attempts>();
  const done = new Set<string>();

  return {
    of(eventId, nowMs) {
      const known = attempts.get(eventId) ?? { count: 0, firstAtMs: nowMs, givenUp: undefined };
      attempts.delete(eventId);
      attempts.set(eventId, known);
      dropOldest(attempts, sizeMax);
      return known;
    },
    forget(eventId) {
      attempts.delete(eventId);
      done.delete(eventId);
    },
    noteDone(eventId) {
      done.add(eventId);
      dropOldest(done, sizeMax);
    },
    takeDone: (eventId) => done.delete(eventId),
  };
}

function dropOldest(all: Map<string, unknown> | Set<string>, sizeMax: number): void {
  if (all.size <= sizeMax) return;
  for (const oldest of all.keys()) {
    all.delete(oldest);
    return;
  }
}
