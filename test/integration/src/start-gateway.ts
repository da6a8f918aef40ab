// The whole gateway in this process, over a database and a virtual host of its own, with a simulated cloud behind it.
// Everything that may take minutes in production is hurried, so that a test can wait for it.
import { randomBytes } from 'node:crypto';
import { systemClock } from '@cloud-gateway/clock';
import { cloudAdapterConfigSchema, start as startCloudAdapter } from '@cloud-gateway/cloud-adapter';
import {
  type Administrator,
  bootstrapAdministrator,
  credentialsConfigSchema,
  start as startCredentials,
} from '@cloud-gateway/credentials';
import { edgeConfigSchema, start as startEdge } from '@cloud-gateway/edge';
import { pollerConfigSchema, start as startPoller } from '@cloud-gateway/poller';
import {
  createHealth,
  createMetrics,
  createStopStack,
  readConfig,
  type ServiceDeps,
  type StopStack,
} from '@cloud-gateway/runtime';
import { capturedLogger } from '@cloud-gateway/service-test-support';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import { openStore } from '@cloud-gateway/store';
import { start as startSubscriptions, subscriptionsConfigSchema } from '@cloud-gateway/subscriptions';
import {
  type CloudUser,
  createTestDatabase,
  createTestVirtualHost,
  newCloudUser,
  rememberSecret,
} from '@cloud-gateway/test-support';

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Gateway {
  readonly edgeUrl: string;
  readonly amqpUrl: string;
  readonly simulator: Simulator;
  readonly administrator: Administrator;
  /** Whose keys open an account in the simulator. */
  readonly user: CloudUser;
  /** Whose keys open another account of the same cloud. */
  readonly otherUser: CloudUser;
  /** The gateway's id of that account. */
  readonly account: string;
  /** What the services have logged so far. */
  readonly log: readonly LogLine[];
  /** Has something closed before the gateway stops. */
  closeFirst(name: string, close: () => Promise<void>): void;
  /** Stops the services; the servers and the simulator stay. */
  stopServices(): Promise<void>;
  stop(): Promise<void>;
}

const regions = ['us-east-1', 'eu-west-1'] as const;

const hurriedSettings = {
  GATEWAY_EDGE_PORT: '0',
  GATEWAY_EDGE_TLS_PORT: '0',
  GATEWAY_EDGE_BODY_LIMIT_BYTES: '65536',
  GATEWAY_EC2_REGIONS: regions.join(','),
  // What takes minutes in production goes on in seconds here, and takes as many calls.
  GATEWAY_EC2_POLL_BUDGET_PERCENT: '10000',
  GATEWAY_EC2_REQUEST_BUDGET_PERCENT: '10000',
  GATEWAY_POLLER_INTERVAL_PERCENT: '3',
  GATEWAY_POLLER_SCAN_MS: '50',
  GATEWAY_POLLER_RECONCILE_MS: '100',
  GATEWAY_POLLER_WATCH_MS: '100',
  GATEWAY_POLLER_BACKOFF_BASE_MS: '100',
  GATEWAY_POLLER_BACKOFF_MAX_MS: '500',
  GATEWAY_POLLER_CLOCK_RECHECK_MS: '100',
  GATEWAY_RELAY_IDLE_MS: '20',
  GATEWAY_SUBSCRIPTIONS_RECONCILE_MS: '100',
  // This broker asks nobody about its users.
  GATEWAY_BROKER_AUTH_PORT: '0',
};

/** `settings` come before the hurried ones. */
export async function startGateway(settings: Readonly<Record<string, string>> = {}): Promise<Gateway> {
  const stops = createStopStack({ timeoutMs: 60_000 });
  const services = createStopStack({ timeoutMs: 45_000 });
  try {
    return await compose(stops, services, settings);
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function compose(
  stops: StopStack,
  services: StopStack,
  settings: Readonly<Record<string, string>>,
): Promise<Gateway> {
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const virtualHost = await createTestVirtualHost();
  stops.add('virtual host', () => virtualHost.remove());
  const user = newCloudUser('444455556666', 'ines');
  const otherUser = newCloudUser('777788889999', 'ines');
  const users = [user, otherUser];
  const simulator = await startSimulator({ users, regions: [...regions], transitionMs: 100 });
  stops.add('simulator', () => simulator.stop());
  stops.add('services', () => services.stop(), 45_000);

  const masterKey = randomBytes(32).toString('base64');
  rememberSecret(masterKey);
  const environment = {
    ...hurriedSettings,
    ...settings,
    GATEWAY_DATABASE_URL: database.url,
    GATEWAY_AMQP_URL: virtualHost.url,
    GATEWAY_MASTER_KEY: masterKey,
    GATEWAY_EC2_ENDPOINT: simulator.url,
  };
  const log: LogLine[] = [];
  const administrator = await prepareDatabase(database.url, log);
  const credentials = await startCredentials(
    readConfig(credentialsConfigSchema, environment),
    depsOf('credentials', log),
  );
  services.add('credentials', () => credentials.stop());
  const cloudAdapter = await startCloudAdapter(
    readConfig(cloudAdapterConfigSchema, environment),
    depsOf('cloud-adapter', log),
  );
  services.add('cloud adapter', () => cloudAdapter.stop());
  const poller = await startPoller(readConfig(pollerConfigSchema, environment), depsOf('poller', log));
  services.add('poller', () => poller.stop());
  const subscriptions = await startSubscriptions(
    readConfig(subscriptionsConfigSchema, environment),
    depsOf('subscriptions', log),
  );
  services.add('subscriptions', () => subscriptions.stop());
  const edge = await startEdge(readConfig(edgeConfigSchema, environment), depsOf('edge', log));
  services.add('edge', () => edge.stop());

  return {
    edgeUrl: edge.url,
    amqpUrl: virtualHost.url,
    simulator,
    administrator,
    user,
    otherUser,
    account: `ec2-${user.accountId}`,
    log,
    closeFirst: (name, close) => stops.add(name, close),
    stopServices: () => services.stop(),
    stop: () => stops.stop(),
  };
}

async function prepareDatabase(databaseUrl: string, log: LogLine[]): Promise<Administrator> {
  const store = openStore({ databaseUrl, log: depsOf('bootstrap', log).log });
  try {
    await store.migrate();
    const administrator = await bootstrapAdministrator({ store, clock: systemClock });
    if (!administrator) throw new Error('An empty database has a client already');
    rememberSecret(administrator.clientSecret);
    return administrator;
  } finally {
    await store.close();
  }
}

function depsOf(service: string, lines: LogLine[]): ServiceDeps {
  const log = capturedLogger(service, (text) => {
    for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line) as LogLine);
  });
  return { log, metrics: createMetrics({ service }), health: createHealth() };
}
