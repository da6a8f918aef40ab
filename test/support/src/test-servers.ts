// One MariaDB and one RabbitMQ for the whole mocha run, started when the first test asks, or before the worker processes
// of a parallel run. Tests keep apart by a database and a virtual host each.
import { type EmbeddedServers, type PrivateServer, startEmbeddedServers } from '@cloud-gateway/embedded';
import { runFolder } from './run-folder.ts';

/** For `this.timeout()` of a `before` that may be the one that starts the servers. */
export const serverStartTimeoutMs = 120_000;

/**
 * Nobody answers this broker's questions about users: it lets its own one in, nobody else. A test of clients at the broker
 * starts its own with `startPrivateBroker`, and a credentials service on its `authPort`.
 */
export type TestServers = Omit<EmbeddedServers, 'amqpsUrl' | 'certificateFile' | 'authPort'> & {
  /** Undefined when the environment names a broker without it. */
  amqpsUrl: string | undefined;
  /** What a client of `amqpsUrl` has to trust. */
  certificateFile: string | undefined;
};

let starting: Promise<TestServers> | undefined;

/** The run's servers, or those that GATEWAY_TEST_DATABASE_URL, _AMQP_URL and _MANAGEMENT_URL name (_AMQPS_URL and _AMQPS_CA_FILE too). Do not stop them. */
export function testServers(): Promise<TestServers> {
  starting ??= start();
  return starting;
}

/** Starts the servers if none are given, and names them to every process that is started from now on. */
export async function shareTestServers(): Promise<void> {
  const { databaseUrl, amqpUrl, managementUrl, amqpsUrl, certificateFile } = await testServers();
  Object.assign(process.env, {
    GATEWAY_TEST_DATABASE_URL: databaseUrl,
    GATEWAY_TEST_AMQP_URL: amqpUrl,
    GATEWAY_TEST_MANAGEMENT_URL: managementUrl,
    ...(amqpsUrl && { GATEWAY_TEST_AMQPS_URL: amqpsUrl }),
    ...(certificateFile && { GATEWAY_TEST_AMQPS_CA_FILE: certificateFile }),
  });
}

/** Ends the servers if there are any. Killed, not stopped: their data goes too, and RabbitMQ takes 6 s for an orderly stop. */
export async function stopTestServers(): Promise<void> {
  const servers = await starting?.catch(() => undefined); // the tests have failed for it
  if (!servers || servers.database.pid === undefined) return servers?.stop();
  await Promise.all([servers.database.kill(), servers.broker.kill()]);
  await servers.stop();
}

function start(): Promise<TestServers> {
  return existingServers() ?? startEmbeddedServers({ directory: runFolder('servers'), report: () => {} });
}

function existingServers(): Promise<TestServers> | undefined {
  const {
    GATEWAY_TEST_DATABASE_URL: databaseUrl,
    GATEWAY_TEST_AMQP_URL: amqpUrl,
    GATEWAY_TEST_MANAGEMENT_URL: managementUrl,
    GATEWAY_TEST_AMQPS_URL: amqpsUrl,
    GATEWAY_TEST_AMQPS_CA_FILE: certificateFile,
  } = process.env;
  if (!databaseUrl && !amqpUrl && !managementUrl) return undefined;
  if (!databaseUrl || !amqpUrl || !managementUrl) {
    throw new Error(
      'Set all of GATEWAY_TEST_DATABASE_URL, GATEWAY_TEST_AMQP_URL, GATEWAY_TEST_MANAGEMENT_URL, or none',
    );
  }
  return Promise.resolve({
    databaseUrl,
    amqpUrl,
    managementUrl,
    amqpsUrl,
    certificateFile,
    database: existingServer(databaseUrl),
    broker: existingServer(amqpUrl),
    stop: async () => {},
  });
}

// Somebody else's: a test that stops servers starts its own with @cloud-gateway/embedded.
function existingServer(url: string): PrivateServer {
  const refuse = async () => {
    throw new Error(`Not ours to stop: ${new URL(url).host} was given by the environment`);
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid: undefined,
    start: refuse,
    stop: refuse,
    kill: refuse,
    onUnexpectedExit: () => () => {},
  };
}
