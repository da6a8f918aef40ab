import {
  GatewayError,
  type UsageDimension,
  usageDimensions,
  usageSummaryRoute,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import type { UsageSum } from '@cloud-gateway/store';
import { usageScope } from '../usage-query.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;

export function usageSummary(deps: Deps): Handler {
  return handler(usageSummaryRoute, async (request) => {
    const by = dimensionsOf(request.query.by);
    const scope = usageScope({ ...deps, nowMs: deps.clock.nowMs() }, request);
    if (scope === undefined) return { body: { items: [] } };
    const { limit } = request.query;
    const sums = await deps.store.read.usage.summarise({ ...scope, by, limit });
    return { body: { items: sums.map(toBody) } };
  });
}

function dimensionsOf(text: string): UsageDimension[] {
  const words = new Set(text.split(','));
  const known = usageDimensions.filter((dimension) => words.has(dimension));
  if (known.length === words.size) return known;
  throw new GatewayError('validation-failed', {
    message: 'Usage cannot be grouped like this.',
    issues: [
      { path: 'query.by', message: `must be some of ${usageDimensions.join(', ')}, separated by commas` },
    ],
  });
}

type SumBody = HandlerAnswer<typeof usageSummaryRoute>['body']['items'][number];

function toBody({ by: { hour, ...by }, ...sum }: UsageSum): SumBody {
  return { by: { ...by, ...(hour !== undefined && { hour: hour.toISOString() }) }, ...sum };
}
