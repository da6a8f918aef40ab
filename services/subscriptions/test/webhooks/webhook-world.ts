// A database, a virtual host, and as many processes that deliver webhooks as a test wants.
import { randomBytes } from 'node:crypto';
import { systemClock } from '@cloud-gateway/clock';
import { type OutgoingEvent, topology } from '@cloud-gateway/contracts';
import {
  type BrokerConnection,
  connectBroker,
  openSubscriptionQueues,
  type SubscriptionQueues,
} from '@cloud-gateway/messaging';
import { createMetrics, type Metrics } from '@cloud-gateway/runtime';
import { capturedLogger } from '@cloud-gateway/service-test-support';
import { openStore, type Store } from '@cloud-gateway/store';
import {
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  rememberSecret,
} from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText, mintId } from '@cloud-gateway/vault';
import { startWebhooks, type Webhooks, type WebhooksDeps } from '../../src/webhooks/start-webhooks.ts';
import { mintWebhookSecret, webhookSecretContext } from '../../src/webhooks/webhook-secret.ts';
import type { RetrySettings, WebhookSettings } from '../../src/webhooks/webhook-settings.ts';

interface WebhookProcess {
  readonly webhooks: Webhooks;
  readonly metrics: Metrics;
  stop(): Promise<void>;
  /** As when it is killed: its connection is gone at once, and nothing is finished. */
  kill(): Promise<void>;
}

export interface WebhookWorld {
  readonly store: Store;
  readonly queues: SubscriptionQueues;
  readonly virtualHost: string;
  /** `declared` false: the queue is still missing. */
  subscribe(
    url: string,
    options?: { timeoutSeconds?: number; declared?: boolean },
  ): Promise<{ id: string; secret: string }>;
  declareQueue(subscriptionId: string): Promise<void>;
  /** Puts events of these accounts into the queue, in this order; returns their ids. */
  put(subscriptionId: string, accounts: readonly string[]): Promise<string[]>;
  start(
    settings?: Partial<Omit<WebhookSettings, 'retry'>> & { retry?: Partial<RetrySettings> },
    deps?: Partial<WebhooksDeps>,
  ): Promise<WebhookProcess>;
  /** Stops every process that is still there, and ends every subscription. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const defaults: WebhookSettings = {
  allowPrivate: true,
  caFile: undefined,
  parallel: 8,
  window: 50,
  scanMs: 50,
  patienceMs: 0,
  holdMaxMs: 600_000,
  drainMs: 100,
  storeRetryMs: 20,
  retry: {
    attemptsMax: 1_000,
    retryForMs: 3_600_000,
    backoffBaseMs: 5,
    backoffMaxMs: 50,
    gonePauseMs: 3_600_000,
  },
};

export async function openWebhookWorld(): Promise<WebhookWorld> {
  const database = await createTestDatabase();
  const host = await createTestVirtualHost();
  const log = capturedLogger('webhooks');
  const store = openStore({ databaseUrl: database.url, log });
  await store.migrate();
  const connect = (name: string): Promise<BrokerConnection> => connectBroker({ url: host.url, name, log });
  const connection = await connect('world');
  const queues = await openSubscriptionQueues({ connection, log });
  const vault = createVault({
    wrapper: createMasterKeyWrapper(keyringFromText(randomBytes(32).toString('base64'))),
  });
  const processes = new Set<WebhookProcess>();
  const subscriptions: string[] = [];

  async function declareQueue(subscriptionId: string): Promise<void> {
    const subscription = await store.read.subscriptions.find(subscriptionId);
    if (subscription === undefined) throw new Error(`no subscription ${subscriptionId}`);
    const { delivery } = subscription;
    await queues.declare({ queue: topology.webhookQueue(subscriptionId), subscriptionId, delivery });
  }

  const world: WebhookWorld = {
    store,
    queues,
    virtualHost: host.name,
    declareQueue,
    async subscribe(url, { timeoutSeconds = 10, declared = true } = {}) {
      const id = mintId('sub', systemClock);
      const secret = mintWebhookSecret();
      rememberSecret(secret);
      const sealedSecret = await vault.seal(secret, webhookSecretContext(id));
      await store.inTransaction((tx) =>
        tx.subscriptions.create({
          id,
          clientId: 'cli_test',
          organizationId: 'org_test',
          name: null,
          filter: { administration: false },
          delivery: { kind: 'webhook', url, lengthMax: 100_000, ageMaxSeconds: 3_600, timeoutSeconds },
          auditScope: null,
          sealedSecret,
          createdAt: new Date(),
          state: 'active',
          accounts: [],
        }),
      );
      subscriptions.push(id);
      if (declared) await declareQueue(id);
      return { id, secret };
    },
    async put(subscriptionId, accounts) {
      const events = accounts.map(anEvent);
      await queues.put(topology.webhookQueue(subscriptionId), events);
      return events.map(({ id }) => id);
    },
    async start({ retry, ...settings } = {}, deps = {}) {
      const own = await connect('webhooks');
      const metrics = createMetrics({ service: 'test' });
      const webhooks = await startWebhooks({
        store,
        vault,
        connection: own,
        clock: systemClock,
        log,
        metrics,
        settings: { ...defaults, ...settings, retry: { ...defaults.retry, ...retry } },
        ...deps,
      });
      const running: WebhookProcess = {
        webhooks,
        metrics,
        async stop() {
          processes.delete(running);
          await webhooks.stop();
          await own.close();
        },
        async kill() {
          processes.delete(running);
          await own.close();
          await webhooks.stop();
        },
      };
      processes.add(running);
      return running;
    },
    async reset() {
      await Promise.all([...processes].map((each) => each.stop()));
      for (const id of subscriptions.splice(0)) {
        await store.read.subscriptions.end(id, new Date());
        // A test may have cut the connection just now.
        await eventually(() => queues.remove(topology.webhookQueue(id)).then(() => true));
      }
    },
    async close() {
      await world.reset();
      await queues.stop();
      await connection.close();
      await store.close();
      await host.remove();
      await database.drop();
    },
  };
  return world;
}

let eventCount = 0;

function anEvent(account: string): OutgoingEvent {
  eventCount += 1;
  const id = `evt_${String(eventCount).padStart(6, '0')}`;
  return {
    id,
    routingKey: `v1.ec2.${account}.us-east-1.instance.state.running`,
    type: 'com.cloud-gateway.instance.state',
    source: '/v1/clouds/ec2',
    subject: `i-${eventCount}`,
    time: '2026-11-22T00:00:00.000Z',
    payload: JSON.stringify({ id, account, sequence: eventCount, name: 'Zoë' }),
  };
}
