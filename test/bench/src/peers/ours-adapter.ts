// The service that answers reads, as it is delivered, with its default settings. It has no cloud: reads never ask one.
import { randomBytes } from 'node:crypto';
import { cloudAdapterConfigSchema, start } from '@cloud-gateway/cloud-adapter';
import { createHealth, createLogger, createMetrics, readConfig } from '@cloud-gateway/runtime';
import type { StartPeer } from './peer.ts';

export const startOursAdapter: StartPeer = async ({ amqpUrl, databaseUrl }) => {
  const config = readConfig(cloudAdapterConfigSchema, {
    GATEWAY_AMQP_URL: amqpUrl,
    GATEWAY_DATABASE_URL: databaseUrl,
    GATEWAY_MASTER_KEY: randomBytes(32).toString('base64'),
  });
  await start(config, {
    log: createLogger({ service: 'cloud-adapter', level: 'warn', destination: process.stderr }),
    metrics: createMetrics({ service: 'cloud-adapter' }),
    health: createHealth(),
  });
  return {};
};
