import { cloudSettings } from '@cloud-gateway/clouds';
import { setting, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

export const cloudAdapterConfigSchema = z.object({
  GATEWAY_DATABASE_URL: setting.secretUrl({
    protocols: ['mysql:', 'mariadb:'],
    description: 'MySQL or MariaDB: mysql://user:password@host:port/database.',
  }),
  GATEWAY_AMQP_URL: setting.secretUrl({
    protocols: ['amqp:', 'amqps:'],
    description: 'RabbitMQ: amqp://user:password@host:port/vhost.',
  }),
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
