// The cloud adapter with everything real around it: a database, a broker, a cloud that checks signatures. Requests come
// in as every request does, as messages. Its log is searched for the secrets that went through, when the run ends.
import { randomBytes, randomUUID } from 'node:crypto';
import { systemClock } from '@cloud-gateway/clock';
import { openServiceClouds } from '@cloud-gateway/clouds';
import type { DocumentOf, Permission, ResourceBody, ResourceType } from '@cloud-gateway/contracts';
import { connectBroker } from '@cloud-gateway/messaging';
import { createHealth, createMetrics, createStopStack, openVault, readConfig } from '@cloud-gateway/runtime';
import {
  capturedLogger,
  createTestCaller,
  instanceBody,
  seedClient,
  type TestCaller,
  type TestClient,
} from '@cloud-gateway/service-test-support';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import {
  accountIdOf,
  applyChanges,
  credentialContext,
  openStore,
  resourceIdOf,
  type Store,
} from '@cloud-gateway/store';
import {
  createTestDatabase,
  createTestVirtualHost,
  newCloudUser,
  rememberSecret,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { mintId, type Vault } from '@cloud-gateway/vault';
import { cloudAdapterConfigSchema } from '../src/config.ts';
import { createHandlerDeps } from '../src/create-handler-deps.ts';
import type { HandlerDeps } from '../src/handlers/handler-deps.ts';
import { start } from '../src/service.ts';

/** An answer as it came. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly text: string;
}

export type { TestClient } from '@cloud-gateway/service-test-support';

export interface World extends Pick<TestCaller, 'ask' | 'refusal'> {
  readonly store: Store;
  readonly simulator: Simulator;
  /** To call a handler by itself, as for an attempt that a message cannot make happen. */
  readonly handlerDeps: HandlerDeps;
  /** The account of the simulator that clients prove; its id at the gateway. */
  readonly account: string;
  readonly path: { readonly cloud: 'ec2'; readonly account: string };
  /** Another account of the same cloud. */
  readonly otherPath: { readonly cloud: 'ec2'; readonly account: string };
  /** Can be launched. */
  readonly imageId: string;
  /** An instance that the cloud really has, known to the gateway as if polled. */
  runningInstance(): Promise<{ readonly id: string; readonly cloudId: string }>;
  createClient(permissions?: readonly Permission[]): Promise<TestClient>;
  /** As the credentials service does it. Proving again replaces the credentials. */
  prove(client: TestClient, account?: string): Promise<void>;
  /** As the poller writes down what a listing holds. */
  seen(bodies: readonly ResourceBody[], where?: Seen): Promise<void>;
  /** As the poller writes down that a complete listing no longer holds it. */
  vanished(resourceId: string): Promise<void>;
  send(...asked: Parameters<TestCaller['ask']>): Promise<Answer>;
  /** The document of a write: never the answer to a dry run. */
  change<T extends ResourceType>(...asked: Parameters<TestCaller['ask']>): Promise<DocumentOf<T>>;
  close(): Promise<void>;
}

interface Seen {
  readonly account?: string;
  readonly region?: string;
  /** Of what is published: whose listing shows it. */
  readonly observer?: string;
}

export const worldTimeoutMs = serverStartTimeoutMs;

const user = newCloudUser('111111111111', 'anna');
const otherUser = newCloudUser('222222222222', 'anna');
const region = 'us-east-1';

export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const stops = createStopStack({ timeoutMs: 20_000 });
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const virtualHost = await createTestVirtualHost();
  stops.add('virtual host', () => virtualHost.remove());
  const simulator = await startSimulator({ users: [user, otherUser], transitionMs: 0 });
  stops.add('simulator', () => simulator.stop());

  const log = capturedLogger('cloud-adapter');
  const store = openStore({ databaseUrl: database.url, log });
  stops.add('store', () => store.close());
  await store.migrate();
  const masterKey = randomBytes(32).toString('base64');
  rememberSecret(masterKey);
  const config = readConfig(cloudAdapterConfigSchema, {
    GATEWAY_DATABASE_URL: database.url,
    GATEWAY_AMQP_URL: virtualHost.url,
    GATEWAY_MASTER_KEY: masterKey,
    GATEWAY_EC2_ENDPOINT: simulator.url,
    GATEWAY_EC2_REGIONS: 'us-east-1,eu-west-1',
    GATEWAY_EC2_CALL_TIMEOUT_MS: '3s',
    ...settings,
  });
  const service = await start(config, {
    log,
    metrics: createMetrics({ service: 'cloud-adapter' }),
    health: createHealth(),
  });
  stops.add('service', () => service.stop());
  const connection = await connectBroker({ url: virtualHost.url, name: 'caller', log });
  stops.add('connection', () => connection.close());
  const caller = await createTestCaller({ connection, log });
  stops.add('caller', () => caller.stop());

  const account = accountIdOf('ec2', user.accountId);
  const publishedAccount = 'ec2-public';
  const createdAt = new Date();
  await store.inTransaction(async (tx) => {
    await tx.organizations.ensure({ id: 'org_1', name: 'test', createdAt });
    for (const { accountId: cloudAccountId } of [user, otherUser]) {
      const id = accountIdOf('ec2', cloudAccountId);
      await tx.accounts.ensure({ id, cloud: 'ec2', cloudAccountId, createdAt });
    }
    await tx.accounts.ensure({ id: publishedAccount, cloud: 'ec2', cloudAccountId: 'public', createdAt });
  });
  const vault = await openVault(config);
  const metrics = createMetrics({ service: 'test' });
  const clouds = openServiceClouds(config, { store, clock: systemClock, log, metrics });
  stops.add('clouds', () => clouds.close());

  return {
    store,
    simulator,
    handlerDeps: createHandlerDeps(config, { store, vault, clouds, clock: systemClock }),
    account,
    path: { cloud: 'ec2', account },
    otherPath: { cloud: 'ec2', account: accountIdOf('ec2', otherUser.accountId) },
    imageId: createDirectly(simulator).imageId,
    async runningInstance() {
      const { cloudId, imageId } = createDirectly(simulator);
      await seen(store, [instanceBody(cloudId, { imageId })], { account, region });
      return { cloudId, id: resourceIdOf({ cloud: 'ec2', account, region }, { type: 'instance', cloudId }) };
    },
    createClient: (permissions) => seedClient(store, { ...(permissions && { permissions }) }),
    prove: (client, of = account) => prove({ store, vault, account: of }, client),
    seen: (bodies, where = {}) => seen(store, bodies, { account, region, ...where }),
    vanished: (resourceId) => vanished(store, resourceId, { account, region }),
    async send(route, asked) {
      const { status, headers, body: text } = await caller.send(route, asked);
      return { status, headers, text };
    },
    ask: caller.ask,
    change: caller.ask as World['change'],
    refusal: caller.refusal,
    close: () => stops.stop(),
  };
}

async function prove(
  { store, vault, account }: { store: Store; vault: Vault; account: string },
  client: TestClient,
): Promise<void> {
  const { accessKeyId, secretAccessKey } = account.endsWith(otherUser.accountId) ? otherUser : user;
  const id = mintId('cred');
  const now = new Date();
  const sealed = await vault.seal(
    JSON.stringify({ kind: 'access-key', accessKeyId, secretAccessKey }),
    credentialContext(id),
  );
  await store.inTransaction(async (tx) => {
    await tx.credentials.create({
      id,
      organizationId: 'org_1',
      cloud: 'ec2',
      accountId: account,
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: accessKeyId,
      sealed,
      createdAt: now,
    });
    const before = await tx.grants.put({
      clientId: client.id,
      accountId: account,
      credentialId: id,
      provenAt: now,
    });
    if (before !== undefined) await tx.credentials.deleteUnused(before);
  });
}

function createDirectly(simulator: Simulator): { cloudId: string; imageId: string } {
  const place = { accountId: user.accountId, region };
  const [cloudId = ''] = simulator.createInstanceDirectly(place).instanceIds;
  const instance = simulator.snapshot(place).instances.find(({ id }) => id === cloudId);
  return { cloudId, imageId: instance?.imageId ?? '' };
}

interface Place {
  readonly account: string;
  readonly region: string;
}

async function seen(
  store: Store,
  observed: readonly ResourceBody[],
  { observer, ...place }: Place & Seen,
): Promise<void> {
  const cause = { kind: 'poll', id: randomUUID() } as const;
  const scope = { cloud: 'ec2', ...place };
  const look = {
    scope,
    cause,
    startedAtMs: Date.now(),
    observed,
    ...(observer !== undefined && { observer }),
  };
  await store.inTransaction((tx) => applyChanges(tx, look));
}

async function vanished(store: Store, resourceId: string, place: Place): Promise<void> {
  const cause = { kind: 'poll', id: randomUUID() } as const;
  const scope = { cloud: 'ec2', ...place };
  const absent = [{ id: resourceId, reason: 'terminal' as const }];
  const look = { scope, cause, startedAtMs: Date.now(), observed: [], absent, graceMs: 0 };
  await store.inTransaction((tx) => applyChanges(tx, look));
}
