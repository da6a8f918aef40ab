// The gateway's edge as it is delivered, with its default settings but for the port.
import { edgeConfigSchema, start } from '@cloud-gateway/edge';
import { createHealth, createLogger, createMetrics, readConfig } from '@cloud-gateway/runtime';
import type { StartPeer } from './peer.ts';

export const startOursEdge: StartPeer = async ({ amqpUrl }) => {
  const config = readConfig(edgeConfigSchema, { GATEWAY_AMQP_URL: amqpUrl, GATEWAY_EDGE_PORT: '0' });
  return start(config, {
    log: createLogger({ service: 'edge', level: 'warn', destination: process.stderr }),
    metrics: createMetrics({ service: 'edge' }),
    health: createHealth(),
  });
};
