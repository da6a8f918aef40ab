import type { Metrics } from '@cloud-gateway/runtime';
import type { RequestOutcome } from './request-outcome.ts';

/** Measures the requests of a responder: count, outcome and time, by route and status. */
export function createOutcomeMeter(metrics: Metrics): (outcome: RequestOutcome) => void {
  const durations = metrics.histogram(
    'gateway_request_seconds',
    'Time from taking a request off its queue to its answer.',
    ['route', 'status'],
  );
  return ({ route, status, durationMs }) => durations.observe({ route, status }, durationMs / 1000);
}
