// A token bucket whose rate follows what the cloud says of it. Pure: the time is handed in.
//
// Whoever wants a token reserves one, even where none is left, and is told how long to wait for it. So the order of
// asking is the order of going, and nobody has to be woken.
import type { CallLimit } from './call-limits.ts';

export interface TokenBucket {
  readonly limit: CallLimit;
  /** Below zero: so many tokens are promised. */
  readonly tokens: number;
  readonly refillPerSecond: number;
  readonly atMs: number;
  /** When a throttle last slowed it down. */
  readonly slowedAtMs: number;
}

// AWS's own SDKs slow down by this factor, and never below this rate ("adaptive" retry mode).
const slowerBy = 0.7;
const slowestPerSecond = 0.5;
// Calls that are under way together are throttled together: that is one sign, not many.
const oneSignMs = 1_000;
const recoveryPerSuccess = 0.02;

export function fullBucket(limit: CallLimit, nowMs: number): TokenBucket {
  const { burst, refillPerSecond } = limit;
  return { limit, tokens: burst, refillPerSecond, atMs: nowMs, slowedAtMs: Number.NEGATIVE_INFINITY };
}

export function refilled(bucket: TokenBucket, nowMs: number): TokenBucket {
  const passedMs = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(bucket.limit.burst, bucket.tokens + (passedMs / 1_000) * bucket.refillPerSecond);
  return { ...bucket, tokens, atMs: nowMs };
}

/** How long the one who asks now has to wait for a token, in milliseconds. */
export function waitMsOf({ tokens, refillPerSecond }: TokenBucket): number {
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / refillPerSecond) * 1_000);
}

/** Takes a token, or promises one that is still to come. */
export function reserved(bucket: TokenBucket): TokenBucket {
  return { ...bucket, tokens: bucket.tokens - 1 };
}

/** Gives a token back that was not used. */
export function returned(bucket: TokenBucket): TokenBucket {
  return { ...bucket, tokens: Math.min(bucket.limit.burst, bucket.tokens + 1) };
}

/** The cloud has refused a call: its bucket is empty, whatever ours says, and it refills more slowly than we thought. */
export function slowed(bucket: TokenBucket, nowMs: number): TokenBucket {
  const emptied = { ...bucket, tokens: Math.min(0, bucket.tokens) };
  if (nowMs - bucket.slowedAtMs < oneSignMs) return emptied;
  const floor = Math.min(slowestPerSecond, bucket.limit.refillPerSecond);
  return {
    ...emptied,
    refillPerSecond: Math.max(floor, bucket.refillPerSecond * slowerBy),
    slowedAtMs: nowMs,
  };
}

/** The cloud has taken a call: a little faster again, up to what the limit says. */
export function recovered(bucket: TokenBucket): TokenBucket {
  const { refillPerSecond: full } = bucket.limit;
  if (bucket.refillPerSecond >= full) return bucket;
  return {
    ...bucket,
    refillPerSecond: Math.min(full, bucket.refillPerSecond + full * recoveryPerSuccess),
  };
}
