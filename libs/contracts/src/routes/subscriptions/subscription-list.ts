import { z } from 'zod';
import { noBody, nothing, page, pageOf } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { subscriptionSchema } from './subscription.ts';

export const subscriptionListRoute = defineRoute({
  name: 'subscription-list',
  method: 'GET',
  path: '/v1/subscriptions',
  tag: 'Events',
  summary: 'List your subscriptions',
  description: 'With the permission clients:manage those of the whole organization are listed.',
  auth: 'token',
  permission: 'resources:read',
  params: nothing,
  query: z.strictObject(page),
  body: noBody,
  answer: { status: 200, description: 'A page of subscriptions', schema: pageOf(subscriptionSchema) },
});
