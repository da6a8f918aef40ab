// The service with everything real around it: a database, a broker, requests that come as messages, clients that consume
// with amqplib. Events are published by `relay()`, as the relay does it.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import type { InstanceBody, OutgoingEvent, Permission } from '@cloud-gateway/contracts';
import {
  connectBroker,
  createEventPublisher,
  openSubscriptionQueues,
  type SubscriptionQueues,
} from '@cloud-gateway/messaging';
import {
  createHealth,
  createMetrics,
  createStopStack,
  type Logger,
  type Metrics,
  openVault,
  readConfig,
} from '@cloud-gateway/runtime';
import {
  capturedLogger,
  createTestCaller,
  instanceBody,
  seedClient,
  type TestCaller,
  type TestClient,
} from '@cloud-gateway/service-test-support';
import { applyChanges, openStore, type Store } from '@cloud-gateway/store';
import {
  createTestDatabase,
  createTestVirtualHost,
  rememberSecret,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { subscriptionsConfigSchema } from '../src/config.ts';
import type { HandlerDeps } from '../src/handlers/handler-deps.ts';
import { type Subscriptions, start } from '../src/service.ts';

export type { TestClient } from '@cloud-gateway/service-test-support';

export interface World extends Pick<TestCaller, 'ask' | 'refusal'> {
  readonly store: Store;
  readonly host: TestVirtualHost;
  readonly queues: SubscriptionQueues;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly handlerDeps: HandlerDeps;
  /** The system's time and `clock.offsetMs`. */
  readonly clock: Clock & { offsetMs: number };
  createClient(wanted?: {
    readonly permissions?: readonly Permission[];
    readonly organizationId?: string;
  }): Promise<TestClient>;
  /** As the credentials service does it: the account is made when there is none. */
  prove(client: TestClient, account: string): Promise<void>;
  forget(client: TestClient, account: string): Promise<void>;
  /** So many changes of an account are written, not published yet. Returns its last sequence. */
  change(account: string, count: number, changes?: Partial<InstanceBody>): Promise<number>;
  /** Publishes what waits in the outbox. */
  relay(): Promise<void>;
  /** A raw connection to the broker, as of a subscriber. */
  channel(): Promise<Channel>;
  /** Everything that waits in a queue; it is gone from there. */
  drain(queue: string): Promise<Message[]>;
  startAnother(): Promise<Subscriptions>;
  stopService(): Promise<void>;
  close(): Promise<void>;
}

export interface Message {
  readonly id: string;
  readonly account: string | undefined;
  readonly sequence: number | undefined;
  readonly subject: string | undefined;
  readonly payload: Record<string, unknown>;
}

export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const stops = createStopStack({ timeoutMs: 20_000 });
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const host = await createTestVirtualHost();
  stops.add('virtual host', () => host.remove());
  const log = capturedLogger('subscriptions');
  const store = openStore({ databaseUrl: database.url, log });
  stops.add('store', () => store.close());
  await store.migrate();
  const createdAt = new Date();
  await store.inTransaction(async (tx) => {
    for (const id of ['org_1', 'org_2']) await tx.organizations.ensure({ id, name: id, createdAt });
  });
  const masterKey = randomBytes(32).toString('base64');
  rememberSecret(masterKey);
  const config = readConfig(subscriptionsConfigSchema, {
    GATEWAY_DATABASE_URL: database.url,
    GATEWAY_AMQP_URL: host.url,
    GATEWAY_MASTER_KEY: masterKey,
    GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true',
    GATEWAY_SUBSCRIPTIONS_RECONCILE_MS: '50',
    GATEWAY_SUBSCRIPTIONS_LEASE_MS: '1000',
    GATEWAY_SUBSCRIPTIONS_MEASURE_MS: '100',
    ...settings,
  });
  const clock = { offsetMs: 0, nowMs: () => systemClock.nowMs() + clock.offsetMs };
  const metrics = createMetrics({ service: 'subscriptions' });
  const startService = (metricsOf: Metrics) =>
    start(config, { log, metrics: metricsOf, health: createHealth(), clock });
  const service = await startService(metrics);
  stops.add('service', () => service.stop());
  const connection = await connectBroker({ url: host.url, name: 'test', log });
  stops.add('connection', () => connection.close());
  const caller = await createTestCaller({ connection, log });
  stops.add('caller', () => caller.stop());
  const publisher = await createEventPublisher({ connection, log });
  stops.add('publisher', () => publisher.stop());
  const queues = await openSubscriptionQueues({ connection, log });
  stops.add('queues', () => queues.stop());
  const models: ChannelModel[] = [];
  stops.add('subscribers', async () => {
    for (const model of models) await model.close().catch(() => undefined);
  });
  const vault = await openVault(config);

  async function channel(): Promise<Channel> {
    const model = await connect(host.url);
    models.push(model);
    model.on('error', () => undefined);
    return model.createChannel();
  }

  return {
    store,
    host,
    queues,
    metrics,
    log,
    clock,
    handlerDeps: {
      store,
      queues,
      vault,
      clock,
      brokerUrl: 'amqp://broker.example.com',
      subscriptionsMax: 5,
      allowPrivateWebhooks: true,
      onChanged: () => undefined,
    },
    createClient: (wanted) => seedClient(store, wanted),
    prove: (client, account) => prove(store, client, account),
    async forget(client, account) {
      await store.inTransaction((tx) => tx.grants.remove(client.id, account));
    },
    change: (account, count, changes) => change(store, account, count, changes),
    relay: () => relay(store, publisher),
    ask: caller.ask,
    refusal: caller.refusal,
    channel,
    async drain(queue) {
      const draining = await channel();
      const messages: Message[] = [];
      for (;;) {
        const message = await draining.get(queue, { noAck: true });
        if (!message) break;
        messages.push(toMessage(message.content));
      }
      await draining.close();
      return messages;
    },
    startAnother: () => startService(createMetrics({ service: 'another' })),
    stopService: () => service.stop(),
    close: () => stops.stop(),
  };
}

export function toMessage(content: Buffer): Message {
  const payload: Record<string, unknown> = JSON.parse(content.toString());
  const { id, account, sequence, subject } = payload as unknown as Message;
  return { id, account, sequence, subject, payload };
}

async function prove(store: Store, client: TestClient, account: string): Promise<void> {
  const cloud = account.split('-')[0] ?? '';
  const createdAt = new Date();
  const credentialId = mintId('cred');
  await store.inTransaction(async (tx) => {
    await tx.accounts.ensure({ id: account, cloud, cloudAccountId: account, createdAt });
    await tx.credentials.create({
      id: credentialId,
      organizationId: 'org_1',
      cloud,
      accountId: account,
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: null,
      sealed: 'nobody opens it',
      createdAt,
    });
    await tx.grants.put({ clientId: client.id, accountId: account, credentialId, provenAt: createdAt });
  });
}

async function change(
  store: Store,
  account: string,
  count: number,
  changes: Partial<InstanceBody> = {},
): Promise<number> {
  const observed = Array.from({ length: count }, () => instanceBody(`i-${randomUUID()}`, changes));
  const scope = { cloud: account.split('-')[0] ?? '', account, region: 'us-east-1' };
  const cause = { kind: 'poll', id: randomUUID() } as const;
  await store.inTransaction((tx) => applyChanges(tx, { scope, cause, startedAtMs: Date.now(), observed }));
  return (await store.read.sequences.current(account)) ?? 0;
}

async function relay(
  store: Store,
  publisher: { publish(events: readonly OutgoingEvent[]): Promise<void> },
): Promise<void> {
  for (;;) {
    const events = await store.read.outbox.listWaiting(500);
    if (events.length === 0) return;
    await publisher.publish(events);
    await store.read.outbox.markPublished(events.map(({ outboxId }) => outboxId));
  }
}
