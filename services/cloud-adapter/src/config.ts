import { cloudSettings } from '@cloud-gateway/clouds';
import { brokerSettings, databaseSettings, setting, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

export const cloudAdapterConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...vaultSettings,
  ...cloudSettings,
  GATEWAY_ADAPTER_DATABASE_CONNECTIONS: setting.integer({
    min: 2,
    max: 500,
    default: 20,
    description: 'Connections to the database at the most.',
  }),
  GATEWAY_ADAPTER_WRITES_MAX: setting.integer({
    min: 1,
    max: 10_000,
    default: 50,
    description: 'Writes of one cloud that one process forwards at once; more wait in the queue.',
  }),
});

export type CloudAdapterConfig = z.output<typeof cloudAdapterConfigSchema>;
