// The whole gateway as it runs in production, each service a process of its own, over servers that a test may break. The
// cloud is simulated in this process, so that the test sees the truth. One client has proven one account.
import { randomBytes } from 'node:crypto';
import { defaultClientPermissions } from '@cloud-gateway/contracts';
import { createLogger, createStopStack } from '@cloud-gateway/runtime';
import { type Simulator, type SimulatorSettings, start as startSimulator } from '@cloud-gateway/simulator';
import { openStore, type Store } from '@cloud-gateway/store';
import { type CloudUser, newCloudUser, rememberSecret } from '@cloud-gateway/test-support';
import { hashSecret, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { type ApiClient, createApiClient, servedBody } from './api-client.ts';
import { captureDeadLetters } from './dead-letters.ts';
import { declareEventQueue, type EventQueue } from './event-queue.ts';
import {
  type ServiceName,
  type ServiceProcess,
  serviceNames,
  startServiceProcess,
} from './service-process.ts';

export const region = 'us-east-1';
const cloudAccountId = '111122223333';

export interface WorldOptions {
  readonly servers: { readonly databaseUrl: string; readonly amqpUrl: string };
  /** How many processes of each service. Default: one. */
  readonly processes?: Partial<Record<ServiceName, number>>;
  /** Settings of all services. */
  readonly env?: Record<string, string>;
  readonly simulator?: SimulatorSettings;
}

export interface World {
  readonly simulator: Simulator;
  /** Where the account's instances are in the simulator. */
  readonly place: { readonly accountId: string; readonly region: string };
  readonly store: Store;
  readonly events: EventQueue;
  readonly api: ApiClient;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  /** Its id at the gateway. */
  readonly account: string;
  /** The id of an image that can be launched there. */
  imageIn(region: string): string;
  readonly masterKey: string;
  /** Those that run now. */
  running(service?: ServiceName): ServiceProcess[];
  startAnother(service: ServiceName, env?: Record<string, string>): Promise<ServiceProcess>;
  /** A token of the world's client. */
  authenticate(): Promise<ApiClient>;
  /** Stops everything and captures the events and dead letters that are left; returns how many dead letters there were. */
  stop(): Promise<number>;
}

/** Short waits, so that what happens after minutes in production happens within a test. */
const hurriedSettings = {
  GATEWAY_LOG_LEVEL: 'debug',
  GATEWAY_EC2_POLL_BUDGET_PERCENT: '10000',
  GATEWAY_EC2_REQUEST_BUDGET_PERCENT: '10000',
  GATEWAY_POLLER_INTERVAL_PERCENT: '10',
  GATEWAY_POLLER_SCAN_MS: '50',
  GATEWAY_POLLER_RECONCILE_MS: '200',
  GATEWAY_POLLER_LEASE_MS: '2000',
  GATEWAY_POLLER_BACKOFF_BASE_MS: '200',
  GATEWAY_POLLER_BACKOFF_MAX_MS: '1000',
  GATEWAY_POLLER_CLOCK_RECHECK_MS: '200',
  GATEWAY_RELAY_LEASE_MS: '2000',
};

export async function startWorld(options: WorldOptions): Promise<World> {
  const { databaseUrl, amqpUrl } = options.servers;
  const stops = createStopStack({ timeoutMs: 60_000 });
  const user = newCloudUser(cloudAccountId, 'fault-test');
  const masterKey = randomBytes(32).toString('base64');
  rememberAll(masterKey, passwordOf(databaseUrl), passwordOf(amqpUrl));

  const simulator = await startSimulator({ users: [user], transitionMs: 300, ...options.simulator });
  stops.add('simulator', () => simulator.stop());
  const store = openStore({ databaseUrl, log: createLogger({ service: 'fault-test', level: 'error' }) });
  stops.add('store', () => store.close());
  await store.migrate();
  const client = await createClient(store);
  const events = await declareEventQueue(amqpUrl);

  const env = {
    ...hurriedSettings,
    GATEWAY_DATABASE_URL: databaseUrl,
    GATEWAY_AMQP_URL: amqpUrl,
    GATEWAY_MASTER_KEY: masterKey,
    GATEWAY_EC2_ENDPOINT: simulator.url,
    GATEWAY_EC2_REGIONS: region,
    ...options.env,
  };
  const processes: ServiceProcess[] = [];
  const startAnother = async (service: ServiceName, ownEnv: Record<string, string> = {}) => {
    const started = await startServiceProcess(service, { ...env, ...ownEnv });
    processes.push(started);
    return started;
  };
  const running = (service?: ServiceName) =>
    processes.filter((one) => one.isRunning() && (service === undefined || one.service === service));
  stops.add('services', async () => {
    await Promise.all(running().map((one) => one.stop(30_000)));
  });

  try {
    await Promise.all(
      serviceNames.flatMap((service) =>
        Array.from({ length: options.processes?.[service] ?? 1 }, () => startAnother(service)),
      ),
    );
    const edgeUrls = () => running('edge').flatMap(({ url }) => url ?? []);
    const authenticate = () => tokenOf(createApiClient(edgeUrls), client);
    const api = await authenticate();
    const account = await prove(api, user);
    return {
      simulator,
      place: { accountId: cloudAccountId, region },
      store,
      events,
      api,
      client,
      account,
      imageIn: (where) => imageIn(simulator, where),
      masterKey,
      running,
      startAnother,
      authenticate,
      async stop() {
        await events.drain();
        const deadLetters = await captureDeadLetters(amqpUrl);
        await stops.stop();
        return deadLetters;
      },
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

function imageIn(simulator: Simulator, where: string): string {
  const [image] = simulator.snapshot({ accountId: cloudAccountId, region: where }).images;
  if (!image) throw new Error(`The account has no image in ${where}`);
  return image.id;
}

function rememberAll(...secrets: (string | undefined)[]): void {
  for (const secret of secrets) if (secret) rememberSecret(secret);
}

function passwordOf(url: string): string | undefined {
  const { password } = new URL(url);
  // A server of somebody else's may have the password "guest", which is a word as well.
  return password.length >= 12 ? decodeURIComponent(password) : undefined;
}

async function createClient(store: Store): Promise<World['client']> {
  const clientId = mintId('cli');
  const clientSecret = mintToken(tokenPrefixes.clientSecret);
  rememberSecret(clientSecret);
  const secretHash = await hashSecret(clientSecret);
  await store.inTransaction(async (tx) => {
    const createdAt = new Date();
    const { id } = await tx.organizations.ensure({ id: mintId('org'), name: 'default', createdAt });
    const permissions = defaultClientPermissions;
    await tx.clients.create({
      id: clientId,
      organizationId: id,
      name: 'faults',
      permissions,
      createdAt,
      secretHash,
    });
  });
  return { clientId, clientSecret };
}

async function tokenOf(api: ApiClient, client: World['client']): Promise<ApiClient> {
  const answers = await api.sendUntilServed({ method: 'POST', path: '/v1/tokens', body: client });
  return api.withToken(servedBody<{ token: string }>(answers.at(-1)).token);
}

async function prove(api: ApiClient, { accessKeyId, secretAccessKey }: CloudUser): Promise<string> {
  const credentials = { kind: 'access-key', accessKeyId, secretAccessKey };
  const answers = await api.sendUntilServed({
    method: 'POST',
    path: '/v1/accounts',
    body: { cloud: 'ec2', credentials },
  });
  return servedBody<{ id: string }>(answers.at(-1)).id;
}
