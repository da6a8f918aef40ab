// The poller as it is delivered, in a process of its own, with nothing to poll: what is left of it is the relay.
import { pollerConfigSchema, start } from '@cloud-gateway/poller';
import { createHealth, createLogger, createMetrics, readConfig } from '@cloud-gateway/runtime';

export interface RelayPlace {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly masterKey: string;
}

export type RelayMethods = ReturnType<typeof createRelayProgram>;

export function createRelayProgram() {
  return {
    /** Returns when it relays, or waits for its turn. */
    async start({ databaseUrl, amqpUrl, masterKey }: RelayPlace): Promise<void> {
      const config = readConfig(pollerConfigSchema, {
        GATEWAY_DATABASE_URL: databaseUrl,
        GATEWAY_AMQP_URL: amqpUrl,
        GATEWAY_MASTER_KEY: masterKey,
      });
      await start(config, {
        log: createLogger({ service: 'relay', level: 'warn', destination: process.stderr }),
        metrics: createMetrics({ service: 'relay' }),
        health: createHealth(),
        clouds: [],
      });
    },
  };
}
