// How far two clocks are apart. Times on the wire (Date, X-Amz-Date) have whole seconds, cut off and not rounded, so
// ours is cut off the same way before it is compared: without that, a peer in perfect sync would look late by up to
// a second, and "exactly 300 s passes" would depend on the fraction.

/** Times further apart than this are refused, both ways; exactly this passes. */
export const maxSkewSeconds = 300;

/**
 * Our time while the peer took its own. For an answer we only know that the peer looked at its clock at some moment
 * between `fromMs` (the request left) and `toMs` (the answer came), so a slow answer is no skew.
 */
export interface OurTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Tells how many seconds the peer is ahead of us (positive) or behind us (negative); 0 anywhere inside our interval. */
export function skewSeconds(theirSeconds: number, ours: OurTime): number {
  const from = wholeSeconds(Math.min(ours.fromMs, ours.toMs));
  const to = wholeSeconds(Math.max(ours.fromMs, ours.toMs));
  if (theirSeconds > to) return theirSeconds - to;
  if (theirSeconds < from) return theirSeconds - from;
  return 0;
}

export function isWithinSkew(seconds: number): boolean {
  return Math.abs(seconds) <= maxSkewSeconds;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
