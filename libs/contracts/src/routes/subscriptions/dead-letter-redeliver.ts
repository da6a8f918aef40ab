import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams } from './subscription.ts';

export const deadLetterParams = subscriptionParams.extend({ deadLetter: z.string().min(1).max(64) });

export const deadLetterRedeliverRoute = defineRoute({
  name: 'dead-letter-redeliver',
  method: 'POST',
  path: '/v1/subscriptions/:subscription/dead-letters/:deadLetter/redelivery',
  tag: 'Events',
  summary: 'Post a dead letter again',
  description: 'It leaves the list and waits behind the other events of the webhook.',
  auth: 'token',
  permission: 'resources:read',
  params: deadLetterParams,
  query: nothing,
  body: noBody,
  answer: { status: 202, description: 'It will be posted', schema: z.object({ id: z.string() }) },
  errors: ['not-found', 'conflict'],
});
