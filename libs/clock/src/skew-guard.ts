// The other direction of the rule: a cloud endpoint whose Date header is out of sync with our clock. Each answer is
// observed; calls to an endpoint that is out of sync are refused until an answer (a probe's, then) shows it is back.
import type { Clock } from './clock.ts';
import { parseHttpDate } from './parse-http-date.ts';
import { isWithinSkew, skewSeconds } from './skew.ts';
import type { SkewVerdict } from './verdict.ts';

/**
 * unknown      no usable Date header was seen yet; calls may go out
 * in-sync      the last usable Date header was at most 300 s away; calls may go out
 * out-of-sync  it was further away; only probes may go out
 */
export type EndpointTimeState = 'unknown' | 'in-sync' | 'out-of-sync';

export interface EndpointTime {
  readonly state: EndpointTimeState;
  /** Positive: the endpoint is ahead of us. 0 while unknown. */
  readonly skewSeconds: number;
  /** When the last usable Date header was judged; undefined while unknown. */
  readonly observedAtMs: number | undefined;
}

export interface ObservedAnswer {
  readonly dateHeader: string | undefined;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export interface SkewTransition {
  readonly endpoint: string;
  readonly from: EndpointTimeState;
  readonly to: EndpointTimeState;
  readonly skewSeconds: number;
  readonly atMs: number;
}

export interface SkewGuardOptions {
  readonly clock: Clock;
  /** Called once per change, after it took effect. The first answer of a healthy endpoint is no change. */
  readonly onTransition: (transition: SkewTransition) => void;
}

export interface SkewGuard {
  /** Judges an answer and tells the endpoint's state after it. A missing or unreadable Date changes nothing. */
  observe(endpoint: string, answer: ObservedAnswer): EndpointTime;
  /** Tells whether a call may go out. An unknown endpoint is given the benefit of the doubt. Throws nothing. */
  assertInSync(endpoint: string): SkewVerdict;
  /** Tells whether it is time to ask the endpoint for its time: never seen, seen over `maxAgeMs` ago, or out of sync. */
  needsProbe(endpoint: string, maxAgeMs: number): boolean;
  timeOf(endpoint: string): EndpointTime;
}

const unknownTime: EndpointTime = { state: 'unknown', skewSeconds: 0, observedAtMs: undefined };

export function createSkewGuard({ clock, onTransition }: SkewGuardOptions): SkewGuard {
  const times = new Map<string, EndpointTime>();
  const timeOf = (endpoint: string) => times.get(endpoint) ?? unknownTime;

  return {
    timeOf,

    observe(endpoint, answer) {
      const before = timeOf(endpoint);
      const theirSeconds = parseHttpDate(answer.dateHeader);
      if (theirSeconds === undefined) return before;
      const skew = skewSeconds(theirSeconds, { fromMs: answer.sentAtMs, toMs: answer.receivedAtMs });
      const after: EndpointTime = {
        state: isWithinSkew(skew) ? 'in-sync' : 'out-of-sync',
        skewSeconds: skew,
        observedAtMs: clock.nowMs(),
      };
      times.set(endpoint, after);
      if (isChange(before.state, after.state)) {
        onTransition({
          endpoint,
          from: before.state,
          to: after.state,
          skewSeconds: skew,
          atMs: clock.nowMs(),
        });
      }
      return after;
    },

    assertInSync(endpoint) {
      const time = timeOf(endpoint);
      return time.state === 'out-of-sync' ? { ok: false, skewSeconds: time.skewSeconds } : { ok: true };
    },

    needsProbe(endpoint, maxAgeMs) {
      const time = timeOf(endpoint);
      if (time.observedAtMs === undefined || time.state === 'out-of-sync') return true;
      // A clock that was set back makes the observation look as if it lay ahead: that one is worth nothing either.
      return Math.abs(clock.nowMs() - time.observedAtMs) > maxAgeMs;
    },
  };
}

function isChange(from: EndpointTimeState, to: EndpointTimeState): boolean {
  return from !== to && !(from === 'unknown' && to === 'in-sync');
}
