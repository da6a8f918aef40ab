import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams, subscriptionSchema } from './subscription.ts';

export const subscriptionDropsClearRoute = defineRoute({
  name: 'subscription-drops-clear',
  method: 'DELETE',
  path: '/v1/subscriptions/:subscription/drops',
  tag: 'Events',
  summary: 'Say that you take care of what was lost',
  description:
    'Sets `dropped` to nothing and every `syncFrom` to null. Keep each `syncFrom` before, and synchronise from it after this (GET /v1/sync): so nothing is forgotten that is dropped meanwhile.',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The subscription', schema: subscriptionSchema },
  errors: ['not-found'],
});
