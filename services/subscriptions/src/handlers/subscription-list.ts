import { subscriptionListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toSubscriptionBody } from '../subscription-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function subscriptionList({ store, brokerUrl }: Pick<HandlerDeps, 'store' | 'brokerUrl'>): Handler {
  return handler(subscriptionListRoute, async ({ caller, query: { limit, cursor } }) => {
    const { clientId, organizationId, permissions } = caller;
    const whose = permissions.has('clients:manage') ? { organizationId } : { clientId };
    const rows = await store.read.subscriptions.list({ ...whose, afterId: cursor, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      body: {
        items: shown.map((row) => toSubscriptionBody(row, brokerUrl)),
        nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      },
    };
  });
}
