import { clientListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toClientBody } from '../client-body.ts';
import { pageOf } from '../page-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function clientList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(clientListRoute, async ({ caller: { organizationId }, query: { limit, cursor } }) => {
    const rows = await store.read.clients.list({ organizationId, afterId: cursor, limit: limit + 1 });
    return { body: pageOf(rows, { limit, idOf: ({ id }) => id, toItem: toClientBody }) };
  });
}
