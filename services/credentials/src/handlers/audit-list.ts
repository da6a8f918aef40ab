import { auditListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { pageOf } from '../page-of.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function auditList({ store }: Pick<HandlerDeps, 'store'>): Handler {
  return handler(auditListRoute, async ({ caller: { organizationId }, query }) => {
    const { limit, cursor, actor, action, since } = query;
    const rows = await store.read.audit.list({
      organizationId,
      actorId: actor,
      action,
      since: since === undefined ? undefined : new Date(since),
      beforeId: cursor,
      limit: limit + 1,
    });
    return {
      body: pageOf(rows, {
        limit,
        idOf: ({ id }) => id,
        toItem: ({ id, at, actorId, action: done, subjectId, requestId, details }) => ({
          id,
          at: at.toISOString(),
          actorId,
          action: done,
          subjectId,
          requestId,
          details: { ...details },
        }),
      }),
    };
  });
}
