export { checkRequestTime } from './check-request-time.ts';
export { type Clock, createTestClock, systemClock, type TestClock } from './clock.ts';
export { parseAmzDate } from './parse-amz-date.ts';
export { parseHttpDate } from './parse-http-date.ts';
export { isWithinSkew, maxSkewSeconds, type OurTime, skewSeconds } from './skew.ts';
export {
  createSkewGuard,
  type EndpointTime,
  type EndpointTimeState,
  type ObservedAnswer,
  type SkewGuard,
  type SkewGuardOptions,
  type SkewTransition,
} from './skew-guard.ts';
export type { SkewVerdict } from './verdict.ts';
