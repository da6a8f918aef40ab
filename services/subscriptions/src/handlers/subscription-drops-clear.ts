import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { subscriptionDropsClearRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { LostFrom, Repositories } from '@cloud-gateway/store';
import { z } from 'zod';
import { findOwnSubscription } from '../find-subscription.ts';
import { measuredBody } from '../subscription-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Request = HandlerRequest<typeof subscriptionDropsClearRoute>;

const action = 'subscription.drops-cleared';
const clearedSchema = z.object({
  cleared: z.array(z.object({ accountId: z.string(), lostFrom: z.int() })),
});

/**
 * Safe to run twice: a second run finds in the audit log what the first one has cleared, and leaves what was dropped
 * since.
 */
export function subscriptionDropsClear(
  deps: Pick<HandlerDeps, 'store' | 'queues' | 'clock' | 'brokerUrl'>,
): Handler {
  return handler(subscriptionDropsClearRoute, async (request) => {
    const { subscriptions } = deps.store.read;
    const { id, dropped } = await findOwnSubscription(
      subscriptions,
      request.caller,
      request.params.subscription,
    );
    const cleared = await deps.store.inTransaction(async (tx) => {
      const earlier = await findCleared(tx, deps, request, id);
      if (earlier !== undefined) return earlier;
      const lost = await tx.subscriptions.clearDropped(id);
      const details = { dropped: dropped.count, cleared: lost };
      await tx.audit.append(auditEntry(deps.clock, request, { action, subjectId: id, details }));
      return lost;
    });
    const after = await findOwnSubscription(subscriptions, request.caller, id);
    const body = await measuredBody(deps, after);
    return {
      body: {
        ...body,
        cleared: cleared.map(({ accountId, lostFrom }) => ({ account: accountId, syncFrom: lostFrom })),
      },
    };
  });
}

/** What an earlier attempt of this request has cleared: nobody else can tell any more. */
async function findCleared(
  { audit }: Pick<Repositories, 'audit'>,
  { clock }: Pick<HandlerDeps, 'clock'>,
  request: Request,
  id: string,
): Promise<readonly LostFrom[] | undefined> {
  if ((await findEarlierEffect({ audit, clock }, request, action)) !== id) return undefined;
  const { idempotencyKey, caller } = request;
  const [entry] = await audit.list({ actorId: caller.clientId, action, idempotencyKey, limit: 1 });
  return clearedSchema.parse(entry?.details).cleared;
}
