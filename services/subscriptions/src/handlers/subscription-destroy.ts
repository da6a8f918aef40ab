// If we die after the commit: the keeper removes the queue of what is ended.

import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { GatewayError, subscriptionDestroyRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findSubscription } from '../find-subscription.ts';
import { removeQueue } from '../remove-queue.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a second run finds in the audit log that the first one did it. */
export function subscriptionDestroy(
  deps: Pick<HandlerDeps, 'store' | 'queues' | 'clock' | 'onChanged'>,
): Handler {
  return handler(subscriptionDestroyRoute, async (request) => {
    const { store, clock, onChanged } = deps;
    const { subscription: id } = request.params;
    const body = { id };
    const { audit, subscriptions } = store.read;
    if ((await findEarlierEffect({ audit, clock }, request, 'subscription.ended')) === id) return { body };
    const { clientId, delivery, name } = await findSubscription(subscriptions, request.caller, id);
    await store.inTransaction(async (tx) => {
      if (!(await tx.subscriptions.end(id, new Date(clock.nowMs())))) throw endedMeanwhile(id);
      const details = { clientId, name };
      await tx.audit.append(
        auditEntry(clock, request, { action: 'subscription.ended', subjectId: id, details }),
      );
    });
    // With the broker away it is removed when it is back.
    await removeQueue(deps, { id, clientId, delivery }).catch((err: unknown) =>
      request.log.info('the queue of an ended subscription is removed later', { err }),
    );
    onChanged();
    return { body };
  });
}

function endedMeanwhile(id: string): GatewayError {
  return new GatewayError('not-found', { message: `The subscription ${id} has just been ended.` });
}
