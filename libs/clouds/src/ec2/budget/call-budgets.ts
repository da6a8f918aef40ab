// The gateway's share of what EC2 lets an account call: polls have a part of it and requests another, so that neither
// starves the other, and what is left is the account's own. Counted in this process; several divide the percentages.
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import { callLimitsOf, type NamedLimit } from './call-limits.ts';
import {
  fullBucket,
  recovered,
  refilled,
  reserved,
  returned,
  slowed,
  type TokenBucket,
  waitMsOf,
} from './token-bucket.ts';

export type Purpose = 'poll' | 'request';

export interface CallBudgetsOptions {
  readonly clock: Clock;
  /** Of EC2's published limits. */
  readonly percent: Readonly<Record<Purpose, number>>;
  /** Called for each call that the cloud refused as one too many. */
  readonly onThrottled: (throttled: ThrottledCall) => void;
  /** How many buckets are kept. Default 10,000. */
  readonly max?: number;
}

export interface ThrottledCall {
  readonly region: string;
  readonly cloudAccountId: string;
  readonly purpose: Purpose;
  readonly action: string;
}

/** The budget of one account in one region, for one purpose. */
export interface CallBudget {
  /**
   * Waits for its turn: a poll as long as its signal lets it, a request some seconds. Throws cloud-throttled with
   * retryAfterMs when the turn does not come; nothing may be sent then.
   */
  take(action: string, signal: AbortSignal): Promise<void>;
  /** The cloud refused the call as one too many. */
  noteThrottled(action: string): void;
  /** The cloud took the call. */
  noteTaken(action: string): void;
}

export interface CallBudgets {
  of(place: { region: string; cloudAccountId: string; purpose: Purpose }): CallBudget;
  /** How many buckets there are now. */
  readonly size: number;
}

const requestWaitsMaxMs = 5_000;
// A bucket is full again long before, so one that nobody used for so long is like a new one.
const forgottenAfterMs = 10 * 60_000;

export function createCallBudgets(options: CallBudgetsOptions): CallBudgets {
  const { clock, percent, onThrottled, max = 10_000 } = options;
  // A Map keeps the order of insertion: what is used is put at the end, so the first one is the longest unused.
  const buckets = new Map<string, TokenBucket>();

  function changed(
    key: string,
    limit: NamedLimit,
    change: (bucket: TokenBucket) => TokenBucket,
  ): TokenBucket {
    const nowMs = clock.nowMs();
    const bucket = change(refilled(buckets.get(key) ?? fullBucket(limit, nowMs), nowMs));
    buckets.delete(key);
    buckets.set(key, bucket);
    forgetUnused(nowMs);
    return bucket;
  }

  function forgetUnused(nowMs: number): void {
    for (const [key, { atMs }] of buckets) {
      if (buckets.size <= max && nowMs - atMs < forgottenAfterMs) return;
      buckets.delete(key);
    }
  }

  return {
    get size() {
      return buckets.size;
    },

    of(place) {
      const { region, cloudAccountId, purpose } = place;
      const share = percent[purpose] / 100;
      const each = (action: string, change: (bucket: TokenBucket) => TokenBucket): TokenBucket[] =>
        callLimitsOf(action).map((limit) =>
          changed(
            `${cloudAccountId} ${region} ${purpose} ${action} ${limit.name}`,
            ours(limit, share),
            change,
          ),
        );

      return {
        async take(action, signal) {
          const waitMs = Math.max(...each(action, (bucket) => bucket).map(waitMsOf));
          if (purpose === 'request' && waitMs > requestWaitsMaxMs) throw overBudget(action, place, waitMs);
          each(action, reserved);
          if (waitMs === 0) return;
          try {
            await sleep(waitMs, signal);
          } catch {
            each(action, returned);
            throw overBudget(action, place, waitMs);
          }
        },
        noteThrottled(action) {
          each(action, (bucket) => slowed(bucket, clock.nowMs()));
          onThrottled({ region, cloudAccountId, purpose, action });
        },
        noteTaken(action) {
          each(action, recovered);
        },
      };
    },
  };
}

// A burst below one call would let none through.
function ours(limit: NamedLimit, share: number): NamedLimit {
  return {
    name: limit.name,
    burst: Math.max(1, limit.burst * share),
    refillPerSecond: limit.refillPerSecond * share,
  };
}

function overBudget(
  action: string,
  { region, cloudAccountId, purpose }: { region: string; cloudAccountId: string; purpose: Purpose },
  waitMs: number,
): GatewayError {
  return new GatewayError('cloud-throttled', {
    message: `the gateway's budget of ${action} for ${purpose}s in account ${cloudAccountId}, ${region}, is used up; nothing was sent`,
    retryAfterMs: waitMs,
  });
}
