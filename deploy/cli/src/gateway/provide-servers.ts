// The servers that the gateway stands on: those that the configuration names, and private ones for those it does not.
import {
  type PrivateBroker,
  type PrivateDatabase,
  type Progress,
  startEmbeddedServers,
  startPrivateBroker,
  startPrivateDatabase,
} from '@cloud-gateway/embedded';
import { type Environment, readConfig } from '@cloud-gateway/runtime';
import { cliConfigSchema } from './cli-settings.ts';

export interface Servers {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  /** Of the private broker only. Holds user and password. */
  readonly managementUrl: string | undefined;
  /** Calls back when a private server ends without having been told to. */
  onUnexpectedExit(listener: (error: Error) => void): void;
  stop(): Promise<void>;
}

export async function provideServers(
  environment: Environment,
  report: (progress: Progress) => void,
): Promise<Servers> {
  const config = readConfig(cliConfigSchema, environment);
  const options = { directory: config.GATEWAY_DATA_DIR, report };
  const databaseUrl = config.GATEWAY_DATABASE_URL?.reveal();
  const amqpUrl = config.GATEWAY_AMQP_URL?.reveal();

  if (databaseUrl && amqpUrl) return given({ databaseUrl, amqpUrl });
  if (databaseUrl) return withBroker(databaseUrl, await startPrivateBroker(options));
  if (amqpUrl) return withDatabase(amqpUrl, await startPrivateDatabase(options));
  const servers = await startEmbeddedServers(options);
  return {
    ...servers,
    onUnexpectedExit: (listener) => {
      servers.database.onUnexpectedExit(listener);
      servers.broker.onUnexpectedExit(listener);
    },
  };
}

function given(urls: { databaseUrl: string; amqpUrl: string }): Servers {
  return {
    ...urls,
    managementUrl: undefined,
    onUnexpectedExit: () => undefined,
    stop: () => Promise.resolve(),
  };
}

function withBroker(databaseUrl: string, { amqpUrl, managementUrl, broker, stop }: PrivateBroker): Servers {
  return {
    databaseUrl,
    amqpUrl,
    managementUrl,
    onUnexpectedExit: (listener) => void broker.onUnexpectedExit(listener),
    stop,
  };
}

function withDatabase(amqpUrl: string, { databaseUrl, database, stop }: PrivateDatabase): Servers {
  return {
    databaseUrl,
    amqpUrl,
    managementUrl: undefined,
    onUnexpectedExit: (listener) => void database.onUnexpectedExit(listener),
    stop,
  };
}
