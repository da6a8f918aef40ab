// Two times. The world's time drives instances, expiry and throttling, and can be moved forward. The wire's time is
// what the Date header says and what signatures are held against, and can be set wrong on purpose: everywhere, or for
// a service or a region only.
import type { Clock } from '@cloud-gateway/clock';

/** Where an offset holds; what is left out means all. */
interface ClockScope {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
}

export interface SimulatorClock {
  /** The world's time. */
  readonly world: Clock;
  /** The time that callers see whose place is not known. */
  readonly wire: Clock;
  /** The time that callers of a service in a region see. */
  wireAt(place: Required<ClockScope>): Clock;
  advanceMs(ms: number): void;
  /** The latest offset that fits a place holds there; one for all places replaces all others. */
  setOffsetSeconds(seconds: number, scope?: ClockScope): void;
  reset(): void;
}

interface Offset {
  readonly scope: ClockScope;
  readonly ms: number;
}

export function createSimulatorClock(base: Clock): SimulatorClock {
  let advancedMs = 0;
  let offsets: readonly Offset[] = [];
  const wireAt = (place: ClockScope): Clock => ({
    nowMs: () => base.nowMs() + (offsets.findLast(({ scope }) => holds(scope, place))?.ms ?? 0),
  });
  return {
    world: { nowMs: () => base.nowMs() + advancedMs },
    wire: wireAt({}),
    wireAt,
    advanceMs: (ms) => {
      advancedMs += ms;
    },
    setOffsetSeconds: (seconds, scope = {}) => {
      const others = isEverywhere(scope) ? [] : offsets;
      offsets = [...others, { scope: { service: scope.service, region: scope.region }, ms: seconds * 1000 }];
    },
    reset: () => {
      advancedMs = 0;
      offsets = [];
    },
  };
}

function holds(scope: ClockScope, place: ClockScope): boolean {
  return (['service', 'region'] as const).every(
    (part) => scope[part] === undefined || scope[part] === place[part],
  );
}

function isEverywhere({ service, region }: ClockScope): boolean {
  return service === undefined && region === undefined;
}
