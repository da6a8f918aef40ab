import { deadLetterListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findOwnWebhook } from '../find-subscription.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function deadLetterList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(deadLetterListRoute, async ({ caller, params, query: { limit, cursor } }) => {
    const { subscriptions, webhookDeadLetters } = store.read;
    const { id } = await findOwnWebhook(subscriptions, caller, params.subscription);
    const rows = await webhookDeadLetters.list(id, { afterId: cursor, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      body: {
        items: shown.map(({ event, at, attempts, lastStatus, lastError, id: letterId }) => ({
          id: letterId,
          eventId: event.id,
          routingKey: event.routingKey,
          payload: event.payload,
          attempts,
          lastStatus,
          lastError,
          at: at.toISOString(),
        })),
        nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      },
    };
  });
}
