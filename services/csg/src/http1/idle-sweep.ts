// Looks after all wires at once, four times a second. A timer for each would have to be set anew with every byte, which
// costs more than everything else that a wire does.

export interface WatchedWire {
  /** Nothing may move for longer, in milliseconds; 0: for as long as it likes. */
  limitMs: number;
  movedAtMs: number;
  onIdle(): void;
}

export interface IdleSweep {
  watch(wire: WatchedWire): void;
  forget(wire: WatchedWire): void;
  /** The time of the last look, or a little later: good enough to say when something moved. */
  readonly nowMs: number;
}

const everyMs = 250;

export function createIdleSweep(): IdleSweep {
  const watched = new Set<WatchedWire>();
  let timer: NodeJS.Timeout | undefined;
  let nowMs = performance.now();

  function look(): void {
    nowMs = performance.now();
    for (const wire of watched) {
      if (wire.limitMs > 0 && nowMs - wire.movedAtMs > wire.limitMs) wire.onIdle();
    }
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    get nowMs() {
      return nowMs;
    },
    watch(wire) {
      if (timer === undefined) {
        nowMs = performance.now();
        timer = setInterval(look, everyMs).unref();
      }
      wire.movedAtMs = nowMs;
      watched.add(wire);
    },
    forget: (wire) => void watched.delete(wire),
  };
}
