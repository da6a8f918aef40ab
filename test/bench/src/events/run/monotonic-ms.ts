/** Milliseconds of a clock that all processes of this machine share (CLOCK_MONOTONIC), with fractions. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
