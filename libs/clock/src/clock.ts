// The time as a dependency. Whoever needs to know the time takes a Clock, so that a test can say what time it is.

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z, as Date.now. */
  nowMs(): number;
}

export interface TestClock extends Clock {
  set(ms: number): void;
  /** Moves by `ms`; a negative number moves back, as an NTP step may. */
  advance(ms: number): void;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Makes a clock that stands still until a test moves it. */
export function createTestClock(startMs: number): TestClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    set: (ms) => {
      nowMs = ms;
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
