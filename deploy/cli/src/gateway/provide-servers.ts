// The servers that the gateway stands on: those that the configuration names, and private ones for those it does not.
import {
  type PrivateBroker,
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
  /** What only a private broker tells; of a given one the configuration has it. */
  readonly privateBroker: PrivateBrokerAccess | undefined;
  /** Rejects when a private server ends without having been told to. Never resolves. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/** The URLs hold user and password. */
type PrivateBrokerAccess = Pick<PrivateBroker, 'amqpsUrl' | 'certificateFile' | 'managementUrl' | 'authPort'>;

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
    const started = await startPrivateBroker(options);
    const { amqpUrl, broker, stop } = started;
    return { databaseUrl, amqpUrl, privateBroker: accessTo(started), failed: failureOf([broker]), stop };
  }
  if (amqpUrl) {
    const { database, ...databasePart } = await startPrivateDatabase(options);
    return { amqpUrl, privateBroker: undefined, ...databasePart, failed: failureOf([database]) };
  }
  const started = await startEmbeddedServers(options);
  const { databaseUrl: url, database, broker, stop } = started;
  return {
    databaseUrl: url,
    amqpUrl: started.amqpUrl,
    privateBroker: accessTo(started),
    failed: failureOf([database, broker]),
    stop,
  };
}

const nothingPrivate = {
  privateBroker: undefined,
  failed: new Promise<never>(() => undefined),
  stop: () => Promise.resolve(),
};

function accessTo(broker: PrivateBroker): PrivateBrokerAccess {
  const { amqpsUrl, certificateFile, managementUrl, authPort } = broker;
  return { amqpsUrl, certificateFile, managementUrl, authPort };
}

function failureOf(servers: readonly PrivateServer[]): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    for (const server of servers) server.onUnexpectedExit(reject);
  });
  failed.catch(() => undefined); // Whoever waits for it hears it too.
  return failed;
}
