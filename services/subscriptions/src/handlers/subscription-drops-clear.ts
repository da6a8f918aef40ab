import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { subscriptionDropsClearRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findOwnSubscription } from '../find-subscription.ts';
import { measuredBody } from '../subscription-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

/**
 * Safe to run twice: a second run finds in the audit log that the first one did it, and leaves what was dropped since.
 */
export function subscriptionDropsClear(
  deps: Pick<HandlerDeps, 'store' | 'queues' | 'clock' | 'brokerUrl'>,
): Handler {
  return handler(subscriptionDropsClearRoute, async (request) => {
    const { store, clock } = deps;
    const { id, dropped } = await findOwnSubscription(
      store.read.subscriptions,
      request.caller,
      request.params.subscription,
    );
    const action = 'subscription.drops-cleared';
    await store.inTransaction(async (tx) => {
      if ((await findEarlierEffect({ audit: tx.audit, clock }, request, action)) === id) return;
      await tx.subscriptions.clearDropped(id);
      const details = { dropped: dropped.count };
      await tx.audit.append(auditEntry(clock, request, { action, subjectId: id, details }));
    });
    const cleared = await findOwnSubscription(store.read.subscriptions, request.caller, id);
    return { body: await measuredBody(deps, cleared) };
  });
}
