import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams, subscriptionSchema } from './subscription.ts';

export const subscriptionDropsClearRoute = defineRoute({
  name: 'subscription-drops-clear',
  method: 'DELETE',
  path: '/v1/subscriptions/:subscription/drops',
  tag: 'Events',
  summary: 'Say that you have synchronised what was lost',
  description: 'Sets `dropped` to nothing and every `syncFrom` to null. Synchronise first: GET /v1/sync.',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The subscription', schema: subscriptionSchema },
  errors: ['not-found'],
});
