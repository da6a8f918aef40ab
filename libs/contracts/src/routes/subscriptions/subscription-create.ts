import { z } from 'zod';
import { accountId, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { deliverySchema, filterFields, subscriptionName, subscriptionSchema } from './subscription.ts';

export const subscriptionCreateRoute = defineRoute({
  name: 'subscription-create',
  method: 'POST',
  path: '/v1/subscriptions',
  tag: 'Events',
  summary: 'Subscribe to events',
  description:
    'Makes a durable queue, a stream or a webhook that gets the events of accounts that you have proven, in the order of each account. The answer says how to connect. With `from` stored events come first, then live ones, without a gap. `resync-required` (410): `from` is further back than events are stored.',
  auth: 'token',
  permission: 'resources:read',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: subscriptionName.optional(),
    ...filterFields,
    from: z
      .union([
        z.strictObject({ time: timestamp }),
        z.strictObject({ sequences: z.record(accountId, z.int().min(0)) }),
      ])
      .optional()
      .describe(
        'Stored events after this time, or after this sequence of each account named, come first. Accounts that are not named begin with live events.',
      ),
    delivery: deliverySchema.default({
      kind: 'queue',
      lengthMax: 100_000,
      ageMaxSeconds: 604_800,
    }),
  }),
  answer: {
    status: 201,
    description: 'The subscription; of a webhook the signing secret too, this once',
    schema: subscriptionSchema.extend({
      signingSecret: z
        .string()
        .optional()
        .describe('Of a webhook: `whsec_…`, the key of the HMAC in `webhook-signature`.'),
    }),
  },
  errors: ['account-not-proven', 'resync-required', 'conflict', 'gone'],
});
