import { brokerSettings, databaseSettings, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

export const subscriptionsConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...vaultSettings,
});

export type SubscriptionsConfig = z.output<typeof subscriptionsConfigSchema>;
