// The credentials service with everything real around it: a database, a broker, a cloud that checks signatures. Requests
// come in as every request does, as messages. All that the service has written (log, audit log, events) is searched for
// the secrets that went through, when the test run ends.
import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { clientCreateRoute, type Permission, tokenCreateRoute } from '@cloud-gateway/contracts';
import { connectBroker } from '@cloud-gateway/messaging';
import { createHealth, createMetrics, createStopStack, readConfig } from '@cloud-gateway/runtime';
import { capturedLogger, createTestCaller, type TestCaller } from '@cloud-gateway/service-test-support';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import { openStore, type Store } from '@cloud-gateway/store';
import {
  captureLogLine,
  createTestDatabase,
  createTestVirtualHost,
  newCloudUser,
  rememberSecret,
} from '@cloud-gateway/test-support';
import { type Administrator, bootstrapAdministrator } from '../src/bootstrap.ts';
import { credentialsConfigSchema } from '../src/config.ts';
import { start } from '../src/service.ts';

export interface TestClient {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

export interface World extends Pick<TestCaller, 'ask' | 'refusal'> {
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
  createClient(wanted?: {
    readonly permissions?: readonly Permission[];
    readonly organizationId?: string;
  }): Promise<TestClient>;
  logIn(client: Pick<TestClient, 'id' | 'secret'>, permissions?: readonly Permission[]): Promise<string>;
  close(): Promise<void>;
}

const user = (accessKeyId: string, accountId: string, userName: string, deniedActions: string[] = []) => ({
  ...newCloudUser(accountId, userName),
  accessKeyId,
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

  const log = capturedLogger('credentials');
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
  const caller = await createTestCaller({ connection, log });
  stops.add('caller', () => caller.stop());
  stops.add('what was written', () => captureWritten(store));

  const logIn: World['logIn'] = async ({ id, secret }, permissions) => {
    const body = { clientId: id, clientSecret: secret, permissions };
    const { token } = await caller.ask(tokenCreateRoute, { body });
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
    ask: caller.ask,
    refusal: caller.refusal,
    async createClient(wanted = {}) {
      const body = { name: 'test', ...wanted };
      const { id, secret } = await caller.ask(clientCreateRoute, { token: adminToken, body });
      rememberSecret(secret);
      return { id, secret, token: await logIn({ id, secret }) };
    },
    logIn,
    close: () => stops.stop(),
  };
}

async function captureWritten(store: Store): Promise<void> {
  const entries = await store.read.audit.list({ limit: 10_000 });
  const events = await store.read.outbox.listWaiting(10_000);
  for (const written of [...entries, ...events])
    captureLogLine('credentials-written', JSON.stringify(written));
}
