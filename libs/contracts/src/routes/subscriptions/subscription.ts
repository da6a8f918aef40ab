// What all routes of subscriptions share: the filter, the ways of delivery, and the subscription as it is answered.
import { z } from 'zod';
import { eventKinds } from '../../events/any-event.ts';
import { allResourceTypes } from '../../resources/resource-types.ts';
import { accountId, name, region, timestamp } from '../fields.ts';

export const subscriptionStates = ['replaying', 'joining', 'active', 'suspended'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

const daySeconds = 86_400;

const lengthMax = z
  .int()
  .min(1)
  .max(1_000_000)
  .default(100_000)
  .describe('Events that may wait; of more the oldest are dropped.');
const ageMaxSeconds = z
  .int()
  .min(10)
  .max(30 * daySeconds)
  .default(7 * daySeconds)
  .describe('How long an event may wait before it is dropped.');

export const deliverySchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('queue'), lengthMax, ageMaxSeconds })
    .describe('A durable quorum queue of your own: each event is yours until you acknowledge it.'),
  z
    .strictObject({
      kind: z.literal('stream'),
      bytesMax: z.int().min(1_000_000).max(100_000_000_000).default(1_000_000_000),
      ageMaxSeconds,
    })
    .describe('A RabbitMQ stream: events stay, and are read from any offset, again and by many.'),
  z
    .strictObject({
      kind: z.literal('webhook'),
      url: z.url({ protocol: /^https?$/ }).max(2048),
      lengthMax,
      ageMaxSeconds,
      timeoutSeconds: z.int().min(1).max(60).default(10).describe('For one answer of yours.'),
    })
    .describe('Each event is posted to this address, signed, until it is answered with 2xx.'),
]);
export type SubscriptionDelivery = z.output<typeof deliverySchema>;

function filterList<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1).max(100).optional();
}

export const filterFields = {
  accounts: filterList(accountId).describe(
    'Default: every account that you have proven, also what you prove later. `<cloud>-public` is what a cloud publishes.',
  ),
  types: filterList(z.enum(allResourceTypes)).describe('Default: all.'),
  changes: filterList(z.enum(eventKinds)).describe('Default: all.'),
  states: filterList(z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'must be a state such as running')).describe(
    'The state after the change, `none` where there is none. Default: all.',
  ),
  regions: filterList(region).describe('Default: all.'),
  administration: z
    .boolean()
    .default(false)
    .describe(
      'Events about the gateway too: of these accounts and of the clocks of the clouds; with the permission audit:read those of your organization.',
    ),
};

export const subscriptionSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    clientId: z.string(),
    state: z
      .enum(subscriptionStates)
      .describe(
        '`replaying` and `joining`: stored events are delivered first; `active`: events come as they happen; `suspended`: the client is disabled, nothing comes.',
      ),
    filter: z.object(filterFields),
    accounts: z
      .array(
        z.object({
          account: accountId,
          bound: z.boolean().describe('False when you have not proven it, or not any more.'),
          sequence: z
            .int()
            .nullable()
            .describe('Every change after this sequence of the account is delivered; null while not bound.'),
          syncFrom: z
            .int()
            .nullable()
            .describe(
              'Changes were lost: ask GET /v1/sync with this as `since`. Null when nothing was lost.',
            ),
        }),
      )
      .describe('What it is bound to now.'),
    delivery: deliverySchema,
    connect: z
      .object({
        url: z.string().describe('Where the broker is: amqp:// or amqps://, virtual host included.'),
        username: z.string().describe('Your client id; the password is a token.'),
        queue: z.string(),
        deadLetterQueue: z.string().nullable().describe('What you reject, and what was dropped.'),
        consumeArguments: z
          .record(z.string(), z.union([z.string(), z.number()]))
          .describe('To send with basic.consume.'),
        prefetch: z.int().describe('A good one; a stream wants one.'),
      })
      .nullable()
      .describe('All that a client needs to connect; null for a webhook.'),
    lag: z
      .object({
        ready: z.int().describe('Events that wait; of a stream, those that it holds.'),
        consumers: z.int(),
      })
      .nullable()
      .describe('Null in lists, and when the broker does not tell.'),
    dropped: z.object({
      count: z.int().describe('Events that were dropped since it was last cleared.'),
      lastAt: timestamp.nullable(),
    }),
    createdAt: timestamp,
  })
  .meta({ id: 'Subscription' });

export const subscriptionParams = z.strictObject({ subscription: z.string().min(1).max(64) });
export const subscriptionName = name;
