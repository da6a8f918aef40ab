// Removed, put, committed, in this order: a receiver that refuses at once makes it a dead letter again, and that one must
// stay. If we die before the commit: the repetition puts it a second time, and the receiver drops it by its `webhook-id`.

import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { deadLetterRedeliverRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { subscriptionQueueName } from '@cloud-gateway/store';
import { findOwnWebhook } from '../find-subscription.ts';
import type { HandlerDeps } from './handler-deps.ts';

const action = 'subscription.dead-letter-redelivered';

export function deadLetterRedeliver({
  store,
  queues,
  clock,
}: Pick<HandlerDeps, 'store' | 'queues' | 'clock'>): Handler {
  return handler(deadLetterRedeliverRoute, async (request) => {
    const { subscriptions, webhookDeadLetters, audit } = store.read;
    const { deadLetter: id } = request.params;
    const webhook = await findOwnWebhook(subscriptions, request.caller, request.params.subscription);
    if ((await findEarlierEffect({ audit, clock }, request, action)) === id) return { body: { id } };
    const letter = await webhookDeadLetters.find(webhook.id, id);
    await store.inTransaction(async (tx) => {
      const isThere = await tx.webhookDeadLetters.remove(webhook.id, id);
      if (letter === undefined || !isThere) throw noDeadLetter(id);
      await queues.put(subscriptionQueueName(webhook), [letter.event]);
      const details = { subscriptionId: webhook.id, eventId: letter.event.id };
      await tx.audit.append(auditEntry(clock, request, { action, subjectId: id, details }));
    });
    return { body: { id } };
  });
}

export function noDeadLetter(id: string): GatewayError {
  return new GatewayError('not-found', {
    message: `There is no dead letter ${id}: it was redelivered, discarded, or is too old.`,
  });
}
