import { cloudSettings, pollIntervalSettings } from '@cloud-gateway/clouds';
import { connectionPolicies } from '@cloud-gateway/contracts';
import { brokerSettings, databaseSettings, setting, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

export const cloudAdapterConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...vaultSettings,
  ...cloudSettings,
  ...pollIntervalSettings,
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
  GATEWAY_ADAPTER_RESOLVE_MS: setting.milliseconds({
    default: 5_000,
    min: 10,
    description: 'How often to look for creates whose outcome nobody knows yet.',
  }),
  GATEWAY_ADAPTER_RESOLVE_AFTER_MS: setting.milliseconds({
    default: 30_000,
    min: 0,
    description:
      'How long nobody must have worked on such a create before the gateway finds out by itself what became of it.',
  }),
  GATEWAY_CONNECTION_POLICY: setting.choice({
    values: connectionPolicies,
    default: 'auto',
    description:
      'Which address of an instance is its connectAddress: `public` or `local` and never the other, or `auto`: the public one, else the private one.',
  }),
  GATEWAY_CONNECTION_POLICIES: setting.list({
    default: [],
    description:
      'The same for single clouds, before the one of the gateway: `aws=local,openstack=auto`. An environment may have its own.',
  }),
});

export type CloudAdapterConfig = z.output<typeof cloudAdapterConfigSchema>;
