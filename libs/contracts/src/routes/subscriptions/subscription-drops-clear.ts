import { z } from 'zod';
import { accountId, noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams, subscriptionSchema } from './subscription.ts';

export const subscriptionDropsClearRoute = defineRoute({
  name: 'subscription-drops-clear',
  method: 'DELETE',
  path: '/v1/subscriptions/:subscription/drops',
  tag: 'Events',
  summary: 'Say that you take care of what was lost',
  description:
    'Sets `dropped` to nothing and every `syncFrom` to null, and answers in `cleared` what each of them was: synchronise from there (GET /v1/sync). What is dropped from now on is told anew.',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The subscription, and what was cleared',
    schema: subscriptionSchema.extend({
      cleared: z
        .array(z.object({ account: accountId, syncFrom: z.int() }))
        .describe('Of each account that had lost changes: from where to synchronise.'),
    }),
  },
  errors: ['not-found'],
});
