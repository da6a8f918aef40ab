import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { deadLetterDiscardRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findOwnWebhook } from '../find-subscription.ts';
import { noDeadLetter } from './dead-letter-redeliver.ts';
import type { HandlerDeps } from './handler-deps.ts';

const action = 'subscription.dead-letter-discarded';

/** Safe to run twice: a second run finds in the audit log that the first one did it. */
export function deadLetterDiscard({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(deadLetterDiscardRoute, async (request) => {
    const { deadLetter: id } = request.params;
    const webhook = await findOwnWebhook(
      store.read.subscriptions,
      request.caller,
      request.params.subscription,
    );
    await store.inTransaction(async (tx) => {
      if ((await findEarlierEffect({ audit: tx.audit, clock }, request, action)) === id) return;
      if (!(await tx.webhookDeadLetters.remove(webhook.id, id))) throw noDeadLetter(id);
      const details = { subscriptionId: webhook.id };
      await tx.audit.append(auditEntry(clock, request, { action, subjectId: id, details }));
    });
    return { body: { id } };
  });
}
