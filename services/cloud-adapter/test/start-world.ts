// The cloud adapter with everything real around it: a database, a broker, a cloud that checks signatures. Requests come
// in as every request does, as messages. Its log is searched for the secrets that went through, when the run ends.
import { randomBytes, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { systemClock } from '@cloud-gateway/clock';
import { openServiceClouds } from '@cloud-gateway/clouds';
import {
  type DocumentOf,
  defaultClientPermissions,
  type Permission,
  type Problem,
  problemSchema,
  type ReplyEnvelope,
  type ResourceBody,
  type ResourceType,
  type Route,
} from '@cloud-gateway/contracts';
import { connectBroker, createRequester, type Requester } from '@cloud-gateway/messaging';
import {
  createHealth,
  createLogger,
  createMetrics,
  createStopStack,
  openVault,
  readConfig,
} from '@cloud-gateway/runtime';
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
  captureLogLine,
  createTestDatabase,
  createTestVirtualHost,
  rememberSecret,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { hashToken, mintId, mintToken, tokenPrefixes, type Vault } from '@cloud-gateway/vault';
import type { z } from 'zod';
import { cloudAdapterConfigSchema } from '../src/config.ts';
import { createHandlerDeps } from '../src/create-handler-deps.ts';
import type { HandlerDeps } from '../src/handlers/handler-deps.ts';
import { start } from '../src/service.ts';
import { instanceBody } from './bodies.ts';

interface Asked {
  readonly token: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** An answer as it came. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly text: string;
}

export interface TestClient {
  readonly id: string;
  readonly token: string;
}

export interface World {
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
  send(route: Route, asked: Asked): Promise<Answer>;
  ask<R extends Route>(route: R, asked: Asked): Promise<z.output<R['answer']['schema']>>;
  /** The document of a write: never the answer to a dry run. */
  change<T extends ResourceType>(route: Route, asked: Asked): Promise<DocumentOf<T>>;
  refusal(route: Route, asked: Asked): Promise<Problem>;
  close(): Promise<void>;
}

interface Seen {
  readonly account?: string;
  readonly region?: string;
  /** Of what is published: whose listing shows it. */
  readonly observer?: string;
}

export const worldTimeoutMs = serverStartTimeoutMs;

const [user, otherUser] = ['111111111111', '222222222222'].map((accountId, index) => ({
  accessKeyId: `AKIATESTADAPTER0${index}`,
  secretAccessKey: `secret-of-the-adapter-test-${randomBytes(9).toString('hex')}`,
  accountId,
  userName: 'anna',
})) as [TestUser, TestUser];

interface TestUser {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  readonly userName: string;
}

const region = 'us-east-1';

export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const stops = createStopStack({ timeoutMs: 20_000 });
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const virtualHost = await createTestVirtualHost();
  stops.add('virtual host', () => virtualHost.remove());
  const simulator = await startSimulator({ users: [user, otherUser], transitionMs: 0 });
  stops.add('simulator', () => simulator.stop());

  const log = createLogger({ service: 'cloud-adapter', level: 'debug', destination: capturingStream() });
  const store = openStore({ databaseUrl: database.url, log });
  stops.add('store', () => store.close());
  await store.migrate();
  const masterKey = randomBytes(32).toString('base64');
  for (const secret of [user.secretAccessKey, otherUser.secretAccessKey, masterKey]) rememberSecret(secret);
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
  const requester = await createRequester({ connection, log });
  stops.add('requester', () => requester.stop());

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
  const send = sender(requester);

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
    createClient: (permissions = defaultClientPermissions) => createClient(store, permissions),
    prove: (client, of = account) => prove({ store, vault, account: of }, client),
    seen: (bodies, where = {}) => seen(store, bodies, { account, region, ...where }),
    vanished: (resourceId) => vanished(store, resourceId, { account, region }),
    async send(route, asked) {
      const { status, headers, body: text } = await send(route, asked);
      return { status, headers, text };
    },
    ask: async (route, asked) => readAnswer(route, await send(route, asked)),
    change: async (route, asked) => JSON.parse(succeeded(route, await send(route, asked)).body),
    refusal: async (route, asked) => readProblem(await send(route, asked)),
    close: () => stops.stop(),
  };
}

async function createClient(store: Store, permissions: readonly Permission[]): Promise<TestClient> {
  const token = mintToken(tokenPrefixes.token);
  rememberSecret(token);
  const createdAt = new Date();
  const id = mintId('cli');
  await store.inTransaction(async (tx) => {
    await tx.clients.create({
      id,
      organizationId: 'org_1',
      name: 'test',
      permissions,
      createdAt,
      secretHash: 'nobody logs in with it',
    });
    await tx.tokens.create({
      id: mintId('tok'),
      hash: hashToken(token),
      clientId: id,
      permissions,
      createdAt,
      expiresAt: new Date(systemClock.nowMs() + 3_600_000),
    });
  });
  return { id, token };
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

function capturingStream(): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      captureLogLine('cloud-adapter', String(chunk));
      done();
    },
  });
}

function sender(requester: Requester) {
  return async (route: Route, asked: Asked): Promise<ReplyEnvelope> => {
    const { token, params = {}, query = '', body, idempotencyKey, headers, timeoutMs = 20_000 } = asked;
    const path = route.path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
    const { reply } = requester.send(
      {
        version: 1,
        method: route.method,
        path,
        query,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          ...headers,
        },
        body: body === undefined ? '' : JSON.stringify(body),
        bodyEncoding: 'utf8',
        deadlineAt: Date.now() + timeoutMs,
      },
      mintId('req'),
    );
    return reply;
  };
}

function readAnswer<R extends Route>(route: R, reply: ReplyEnvelope): z.output<R['answer']['schema']> {
  const { body } = succeeded(route, reply);
  // z.output of a generic route is more than the compiler can follow; the schema has just parsed it.
  return route.answer.schema.parse(JSON.parse(body)) as z.output<R['answer']['schema']>;
}

/** A write answers with the status of its route, or 200 or 202 as its state is. */
function succeeded(route: Route, reply: ReplyEnvelope): ReplyEnvelope {
  if (reply.status >= 300) throw new Error(`${route.name}: ${reply.status} ${reply.body}`);
  return reply;
}

function readProblem(reply: ReplyEnvelope): Problem {
  if (reply.status < 400) throw new Error(`not refused: ${reply.status} ${reply.body}`);
  return problemSchema.parse(JSON.parse(reply.body));
}
