// The servers that the gateway stands on: those that the configuration names, and private ones for those it does not.
import {
  type PrivateServer,
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
  /** Rejects when a private server ends without having been told to. Never resolves. */
  readonly failed: Promise<never>;
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

  if (databaseUrl && amqpUrl) return { databaseUrl, amqpUrl, ...nothingPrivate };
  if (databaseUrl) {
    const { broker, ...brokerPart } = await startPrivateBroker(options);
    return { databaseUrl, ...brokerPart, failed: failureOf([broker]) };
  }
  if (amqpUrl) {
    const { database, ...databasePart } = await startPrivateDatabase(options);
    return { amqpUrl, managementUrl: undefined, ...databasePart, failed: failureOf([database]) };
  }
  const { database, broker, ...both } = await startEmbeddedServers(options);
  return { ...both, failed: failureOf([database, broker]) };
}

const nothingPrivate = {
  managementUrl: undefined,
  failed: new Promise<never>(() => undefined),
  stop: () => Promise.resolve(),
};

function failureOf(servers: readonly PrivateServer[]): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    for (const server of servers) server.onUnexpectedExit(reject);
  });
  failed.catch(() => undefined); // Whoever waits for it hears it too.
  return failed;
}
