import { z } from 'zod';
import { noBody, page, pageOf, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams } from './subscription.ts';

const webhookDeadLetterSchema = z
  .object({
    id: z.string(),
    eventId: z.string(),
    routingKey: z.string(),
    payload: z.string().describe('The JSON text that was posted.'),
    attempts: z.int(),
    lastStatus: z.int().nullable().describe('Null when there was no answer.'),
    lastError: z.string(),
    at: timestamp,
  })
  .meta({ id: 'WebhookDeadLetter' });

export const deadLetterListRoute = defineRoute({
  name: 'dead-letter-list',
  method: 'GET',
  path: '/v1/subscriptions/:subscription/dead-letters',
  tag: 'Events',
  summary: 'List the events that a webhook has not taken',
  description: 'Only of webhooks: those of a queue are in its dead-letter queue.',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: z.strictObject(page),
  body: noBody,
  answer: {
    status: 200,
    description: 'A page of dead letters, oldest first',
    schema: pageOf(webhookDeadLetterSchema),
  },
  errors: ['not-found', 'conflict'],
});
