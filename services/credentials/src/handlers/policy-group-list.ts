import { policyGroupListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { pageOf } from '../page-of.ts';
import { toPolicyGroupBodies } from '../policy-group-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function policyGroupList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(policyGroupListRoute, async ({ caller: { organizationId }, query: { limit, cursor } }) => {
    const rows = await store.read.policyGroups.list({ organizationId, afterId: cursor, limit: limit + 1 });
    const bodies = await toPolicyGroupBodies(store.read, rows);
    return { body: pageOf(bodies, { limit, idOf: ({ id }) => id, toItem: (body) => body }) };
  });
}
