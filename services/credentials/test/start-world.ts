// The credentials service with everything real around it: a database, a broker, a cloud that checks signatures. Requests
// come in as every request does, as messages. All that the service has written (log, audit log, events) is searched for
// the secrets that went through, when the test run ends.
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import {
  clientCreateRoute,
  type Permission,
  type Problem,
  problemSchema,
  type ReplyEnvelope,
  type Route,
  tokenCreateRoute,
} from '@cloud-gateway/contracts';
import { connectBroker, createRequester, type Requester } from '@cloud-gateway/messaging';
import {
  createHealth,
  createLogger,
  createMetrics,
  createStopStack,
  readConfig,
} from '@cloud-gateway/runtime';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import { openStore, type Store } from '@cloud-gateway/store';
import {
  captureLogLine,
  createTestDatabase,
  createTestVirtualHost,
  rememberSecret,
} from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import type { z } from 'zod';
import { type Administrator, bootstrapAdministrator } from '../src/bootstrap.ts';
import { credentialsConfigSchema } from '../src/config.ts';
import { start } from '../src/service.ts';

interface Asked {
  readonly token?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestClient {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

export interface World {
  readonly store: Store;
  readonly simulator: Simulator;
  readonly masterKey: string;
  /** The system's time and `clock.offsetMs`. */
  readonly clock: Clock & { offsetMs: number };
  readonly administrator: Administrator;
  /** A token of the administrator. */
  readonly adminToken: string;
  /** The virtual host of the broker that the service is on. */
  readonly virtualHost: string;
  /** Asks as RabbitMQ does; gives status and text of the answer. */
  askAsBroker(
    question: 'user' | 'vhost' | 'resource' | 'topic',
    form: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** Gives the body of the answer; throws when it is not the route's. */
  ask<R extends Route>(route: R, asked?: Asked): Promise<z.output<R['answer']['schema']>>;
  /** Gives the problem; throws when the answer is none. */
  refusal(route: Route, asked?: Asked): Promise<Problem>;
  createClient(wanted?: {
    readonly permissions?: readonly Permission[];
    readonly organizationId?: string;
  }): Promise<TestClient>;
  logIn(client: Pick<TestClient, 'id' | 'secret'>, permissions?: readonly Permission[]): Promise<string>;
  close(): Promise<void>;
}

const user = (accessKeyId: string, accountId: string, userName: string, deniedActions: string[] = []) => ({
  accessKeyId,
  secretAccessKey: `secret-of-${accessKeyId}-${randomBytes(9).toString('hex')}`,
  accountId,
  userName,
  deniedActions,
});

/** Two keys of one account, one of another, and one that may do nearly nothing. */
export const cloudUsers = {
  anna: user('AKIATESTANNA0001', '111111111111', 'anna'),
  bert: user('AKIATESTBERT0001', '111111111111', 'bert'),
  carl: user('AKIATESTCARL0001', '222222222222', 'carl'),
  poor: user('AKIATESTPOOR0001', '333333333333', 'poor', ['ec2:RunInstances', 'ec2:TerminateInstances']),
};

/** Lets the account of anna and bert into that of carl. */
export const roleOfCarl = {
  arn: 'arn:aws:iam::222222222222:role/gateway',
  externalId: 'external-id-of-carl',
};

export function credentialsOf({
  accessKeyId,
  secretAccessKey,
}: (typeof cloudUsers)[keyof typeof cloudUsers]) {
  return { kind: 'access-key', accessKeyId, secretAccessKey };
}

export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const stops = createStopStack({ timeoutMs: 20_000 });
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const virtualHost = await createTestVirtualHost();
  stops.add('virtual host', () => virtualHost.remove());
  const users = Object.values(cloudUsers);
  for (const { secretAccessKey } of users) rememberSecret(secretAccessKey);
  const simulator = await startSimulator({
    users,
    roles: [
      {
        accountId: cloudUsers.carl.accountId,
        roleName: 'gateway',
        trustedAccountIds: [cloudUsers.anna.accountId],
        externalId: roleOfCarl.externalId,
      },
    ],
  });
  stops.add('simulator', () => simulator.stop());

  const log = createLogger({ service: 'credentials', level: 'debug', destination: capturingStream() });
  const store = openStore({ databaseUrl: database.url, log });
  stops.add('store', () => store.close());
  await store.migrate();
  const clock = { offsetMs: 0, nowMs: () => systemClock.nowMs() + clock.offsetMs };
  const administrator = await bootstrapAdministrator({ store, clock });
  if (administrator === undefined) throw new Error('there is an administrator already');
  rememberSecret(administrator.clientSecret);

  const masterKey = randomBytes(32).toString('base64');
  rememberSecret(masterKey);
  const config = readConfig(credentialsConfigSchema, {
    GATEWAY_DATABASE_URL: database.url,
    GATEWAY_AMQP_URL: virtualHost.url,
    GATEWAY_MASTER_KEY: masterKey,
    GATEWAY_EC2_ENDPOINT: simulator.url,
    GATEWAY_BROKER_AUTH_PORT: '0',
    ...settings,
  });
  const metrics = createMetrics({ service: 'credentials' });
  const service = await start(config, { log, metrics, health: createHealth(), clock });
  stops.add('service', () => service.stop());
  const connection = await connectBroker({ url: virtualHost.url, name: 'caller', log });
  stops.add('connection', () => connection.close());
  const requester = await createRequester({ connection, log });
  stops.add('requester', () => requester.stop());
  stops.add('what was written', () => captureWritten(store));

  const send = sender(requester);
  const ask: World['ask'] = async (route, asked) => readAnswer(route, await send(route, asked));
  const logIn: World['logIn'] = async ({ id, secret }, permissions) => {
    const body = { clientId: id, clientSecret: secret, permissions };
    const { token } = await ask(tokenCreateRoute, { body });
    rememberSecret(token);
    return token;
  };
  const adminToken = await logIn({ id: administrator.clientId, secret: administrator.clientSecret });

  return {
    store,
    simulator,
    masterKey,
    clock,
    administrator,
    adminToken,
    virtualHost: virtualHost.name,
    async askAsBroker(question, form) {
      const response = await fetch(`http://127.0.0.1:${service.brokerAuthPort()}/broker/${question}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        signal: AbortSignal.timeout(20_000),
      });
      return `${response.status} ${await response.text()}`;
    },
    ask,
    refusal: async (route, asked) => readProblem(await send(route, asked)),
    async createClient(wanted = {}) {
      const body = { name: 'test', ...wanted };
      const { id, secret } = await ask(clientCreateRoute, { token: adminToken, body });
      rememberSecret(secret);
      return { id, secret, token: await logIn({ id, secret }) };
    },
    logIn,
    close: () => stops.stop(),
  };
}

function capturingStream(): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      captureLogLine('credentials', String(chunk));
      done();
    },
  });
}

async function captureWritten(store: Store): Promise<void> {
  const entries = await store.read.audit.list({ limit: 10_000 });
  const events = await store.read.outbox.listWaiting(10_000);
  for (const written of [...entries, ...events])
    captureLogLine('credentials-written', JSON.stringify(written));
}

function sender(requester: Requester) {
  return async (route: Route, { token, params = {}, query = '', body, headers }: Asked = {}) => {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
    const { reply } = requester.send(
      {
        version: 1,
        method: route.method,
        path,
        query,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? '' : JSON.stringify(body),
        bodyEncoding: 'utf8',
        deadlineAt: Date.now() + 20_000,
      },
      mintId('req'),
    );
    return reply;
  };
}

function readAnswer<R extends Route>(route: R, reply: ReplyEnvelope): z.output<R['answer']['schema']> {
  if (reply.status !== route.answer.status) throw new Error(`${route.name}: ${reply.status} ${reply.body}`);
  // z.output of a generic route is more than the compiler can follow; the schema has just parsed it.
  return route.answer.schema.parse(JSON.parse(reply.body)) as z.output<R['answer']['schema']>;
}

function readProblem(reply: ReplyEnvelope): Problem {
  if (reply.status < 400) throw new Error(`not refused: ${reply.status} ${reply.body}`);
  return problemSchema.parse(JSON.parse(reply.body));
}
