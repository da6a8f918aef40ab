// One direction of the rule: a client's signed request.
import type { Clock } from './clock.ts';
import { isWithinSkew, skewSeconds } from './skew.ts';
import type { SkewVerdict } from './verdict.ts';

/**
 * Judges the time that a client signed (parseAmzDate) at the moment its request is read. A positive `skewSeconds`
 * means that the client's clock is ahead; NaN and the infinities are refused too.
 */
export function checkRequestTime(requestSeconds: number, clock: Clock): SkewVerdict {
  const nowMs = clock.nowMs();
  const skew = skewSeconds(requestSeconds, { fromMs: nowMs, toMs: nowMs });
  // skewSeconds finds NaN neither ahead nor behind, which must not read as "in sync".
  if (Number.isNaN(requestSeconds)) return { ok: false, skewSeconds: requestSeconds };
  return isWithinSkew(skew) ? { ok: true } : { ok: false, skewSeconds: skew };
}
