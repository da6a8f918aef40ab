import { usageCallsRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import type { UsageCall } from '@cloud-gateway/store';
import { pageOf } from '../page-of.ts';
import { usageScope } from '../usage-query.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;

export function usageCalls(deps: Deps): Handler {
  return handler(usageCallsRoute, async (request) => {
    const { limit, cursor, outcome } = request.query;
    const scope = usageScope({ ...deps, nowMs: deps.clock.nowMs() }, request);
    if (scope === undefined) return { body: { items: [], nextCursor: null } };
    const page = { outcome, beforeId: cursor, limit: limit + 1 };
    const rows = await deps.store.read.usage.listCalls({ ...scope, ...page });
    return { body: pageOf(rows, { limit, idOf: ({ id }) => id, toItem: toBody }) };
  });
}

type CallBody = HandlerAnswer<typeof usageCallsRoute>['body']['items'][number];

function toBody({ organizationId: _, userId, at, ...call }: UsageCall): CallBody {
  return { ...call, user: userId, at: at.toISOString() };
}
