import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionParams } from './subscription.ts';

export const subscriptionDestroyRoute = defineRoute({
  name: 'subscription-destroy',
  method: 'DELETE',
  path: '/v1/subscriptions/:subscription',
  tag: 'Events',
  summary: 'End a subscription; what still waits in it is gone',
  auth: 'token',
  permission: 'resources:read',
  params: subscriptionParams,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'It is gone', schema: z.object({ id: z.string() }) },
  errors: ['not-found'],
});
