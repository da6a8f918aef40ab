import { environmentListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toEnvironmentBody } from '../environment-body.ts';
import { pageOf } from '../page-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function environmentList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(environmentListRoute, async ({ caller: { organizationId }, query: { limit, cursor } }) => {
    const rows = await store.read.environments.list({ organizationId, afterId: cursor, limit: limit + 1 });
    return { body: pageOf(rows, { limit, idOf: ({ id }) => id, toItem: toEnvironmentBody }) };
  });
}
