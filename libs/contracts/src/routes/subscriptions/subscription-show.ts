import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams, subscriptionSchema } from './subscription.ts';

export const subscriptionShowRoute = defineRoute({
  name: 'subscription-show',
  method: 'GET',
  path: '/v1/subscriptions/:subscription',
  tag: 'Events',
  summary: 'Show a subscription, how far it lags behind and what it has lost',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'The subscription', schema: subscriptionSchema },
  errors: ['not-found'],
});
