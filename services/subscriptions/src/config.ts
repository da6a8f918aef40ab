import {
  brokerAddressSettings,
  brokerSettings,
  databaseSettings,
  setting,
  vaultSettings,
} from '@cloud-gateway/runtime';
import { z } from 'zod';
import { webhookSettings } from './webhooks/webhook-settings.ts';

export const subscriptionsConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...brokerAddressSettings,
  ...vaultSettings,
  ...webhookSettings,
  GATEWAY_SUBSCRIPTIONS_MAX: setting.integer({
    min: 1,
    max: 10_000,
    default: 100,
    description: 'Subscriptions of one client at the most.',
  }),
  GATEWAY_SUBSCRIPTIONS_RECONCILE_MS: setting.milliseconds({
    min: 10,
    default: 2_000,
    description:
      'How often to look for accounts that were proven or forgotten, and for clients that were disabled; events about it are followed at once.',
  }),
  GATEWAY_SUBSCRIPTIONS_LEASE_MS: setting.milliseconds({
    min: 1_000,
    default: 15_000,
    description: 'How long bindings and replays wait when the process that keeps them dies.',
  }),
  GATEWAY_SUBSCRIPTIONS_CHECK_MS: setting.milliseconds({
    min: 1_000,
    default: 600_000,
    description:
      'How often every queue and binding on the broker is compared with the database. It is also done at the start and after each reconnection.',
  }),
  GATEWAY_SUBSCRIPTIONS_MEASURE_MS: setting.milliseconds({
    min: 100,
    default: 15_000,
    description: 'How often the broker is asked how many events wait in each subscription, for the metrics.',
  }),
  GATEWAY_SUBSCRIPTIONS_REPLAY_SLICE: setting.integer({
    min: 1,
    max: 5_000,
    default: 500,
    description:
      'How many stored events are put into a queue at once when a subscription begins in the past.',
  }),
  GATEWAY_RETENTION_EVENTS_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 7,
    description: 'How long published events are kept, and the queues of disabled clients.',
  }),
});

export type SubscriptionsConfig = z.output<typeof subscriptionsConfigSchema>;
