// Builds the service by hand, top to bottom: store, broker, verifier, the handlers, and what goes on between requests: the
// keeper, the count of what was dropped, the webhooks.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { startTokenVerifier } from '@cloud-gateway/access';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import {
  type BrokerConnection,
  connectBroker,
  consumeDropped,
  createOutcomeMeter,
  openSubscriptionQueues,
  type SubscriptionQueues,
  startResponder,
  subscribeEvents,
} from '@cloud-gateway/messaging';
import { createStopStack, openVault, type ServiceDeps, type StopStack } from '@cloud-gateway/runtime';
import { createIdempotencyStore, openStore, type Store } from '@cloud-gateway/store';
import { brokerUrlForClients } from './broker-url-for-clients.ts';
import type { SubscriptionsConfig } from './config.ts';
import { startDropNotices } from './drops/drop-notices.ts';
import { noteDrops } from './drops/note-drops.ts';
import { allHandlers } from './handlers/all-handlers.ts';
import { type Keeper, startKeeper } from './keeper/start-keeper.ts';
import { createSubscriptionMeter } from './measure-subscriptions.ts';
import { startWebhooks } from './webhooks/start-webhooks.ts';
import { webhookSettingsOf } from './webhooks/webhook-settings.ts';

export interface SubscriptionsDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface Subscriptions {
  stop(): Promise<void>;
}

/** Rejects when database or broker are away; once started, it waits for them to come back. */
export async function start(config: SubscriptionsConfig, deps: SubscriptionsDeps): Promise<Subscriptions> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const store = openStore({ databaseUrl: config.GATEWAY_DATABASE_URL.reveal(), log });
    stops.add('store', () => store.close());
    const vault = await openVault(config);
    const connection = await openConnection('subscriptions', config, deps, stops);
    const verifier = await startTokenVerifier({ store, clock, log, connection });
    stops.add('token verifier', () => verifier.stop());

    const queues = await openSubscriptionQueues({ connection, log });
    stops.add('subscription queues', () => queues.stop());
    const kept = { ...deps, clock, store, queues };
    const keeper = await keepSubscriptions(config, { ...kept, connection }, stops);

    // A channel for each webhook: a connection of its own, so that requests do not wait behind them.
    const webhooks = await startWebhooks({
      store,
      vault,
      connection: await openConnection('webhooks', config, deps, stops),
      clock,
      log,
      metrics,
      settings: webhookSettingsOf(config),
    });
    stops.add('webhooks', () => webhooks.stop(), 15_000);

    const responder = await startResponder({
      connection,
      service: 'subscriptions',
      bindings: ['*.v1.subscriptions.#'],
      handlers: allHandlers({
        store,
        queues,
        vault,
        clock,
        brokerUrl: brokerUrlForClients({
          publicUrl: config.GATEWAY_AMQP_PUBLIC_URL,
          amqpUrl: config.GATEWAY_AMQP_URL.reveal(),
        }),
        subscriptionsMax: config.GATEWAY_SUBSCRIPTIONS_MAX,
        allowPrivateWebhooks: config.GATEWAY_WEBHOOKS_ALLOW_PRIVATE,
        onChanged() {
          keeper.wake();
          webhooks.refresh();
        },
      }),
      authenticate: (authorization) => verifier.verify(authorization),
      idempotency: createIdempotencyStore({ store, seal: vault.seal, open: vault.open }),
      seal: vault.seal,
      log,
      onOutcome: createOutcomeMeter(metrics),
    });
    stops.add('responder', () => responder.stop());

    health.add('database', async () => {
      await store.ping();
      return true;
    });
    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    health.add('webhooks', () => webhooks.isHealthy() || 'webhooks cannot be kept: see the log');
    return { stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function openConnection(
  name: string,
  config: SubscriptionsConfig,
  { log }: SubscriptionsDeps,
  stops: StopStack,
): Promise<BrokerConnection> {
  const connection = await connectBroker({
    url: config.GATEWAY_AMQP_URL.reveal(),
    name,
    log,
    caFile: config.GATEWAY_AMQP_CA_FILE,
  });
  stops.add(`connection of ${name}`, () => connection.close());
  return connection;
}

// What a client may see has changed, or it is a client no more.
const wakingEvents = ['account.proven', 'account.forgotten', 'token.revoked'];

async function keepSubscriptions(
  config: SubscriptionsConfig,
  deps: Required<SubscriptionsDeps> & {
    readonly store: Store;
    readonly queues: SubscriptionQueues;
    readonly connection: BrokerConnection;
  },
  stops: StopStack,
): Promise<Keeper> {
  const { store, queues, connection, clock, log, metrics } = deps;
  const notices = startDropNotices({ store, queues, clock, log });
  stops.add('drop notices', () => notices.stop());
  const droppedTotal = metrics.counter(
    'gateway_subscription_dropped_total',
    'Events that the queues of subscriptions have dropped, or their consumers rejected.',
    ['reason'],
  );
  const dropped = await consumeDropped({
    connection,
    log,
    onDropped: (events) => noteDrops({ store, clock, notices, droppedTotal }, events),
  });
  stops.add('dropped events', () => dropped.stop());

  const meter = createSubscriptionMeter({ store, queues, metrics });
  const keeper = startKeeper({
    store,
    queues,
    clock,
    log,
    owner: `${hostname().slice(0, 20)}-${process.pid}-${randomUUID().slice(0, 8)}`,
    replaySlice: config.GATEWAY_SUBSCRIPTIONS_REPLAY_SLICE,
    keptMs: config.GATEWAY_RETENTION_EVENTS_DAYS * dayMs,
    tellLost: (id) => notices.tellSoon(id),
    measure: () => meter.measure(),
    forgetMeasured: () => meter.forget(),
    settings: {
      reconcileMs: config.GATEWAY_SUBSCRIPTIONS_RECONCILE_MS,
      checkMs: config.GATEWAY_SUBSCRIPTIONS_CHECK_MS,
      measureMs: config.GATEWAY_SUBSCRIPTIONS_MEASURE_MS,
      leaseMs: config.GATEWAY_SUBSCRIPTIONS_LEASE_MS,
      replayPauseMs: 20,
    },
  });
  stops.add('keeper', () => keeper.stop(), 15_000);

  const ear = await subscribeEvents({
    connection,
    bindings: wakingEvents.map((subject) => `v1.gateway.*.global.${subject}.none`),
    onEvent: () => keeper.wake(),
    log,
  });
  stops.add('ear', () => ear.stop());
  await connection.attach({
    name: 'subscription keeper',
    open() {
      keeper.check();
      return Promise.resolve();
    },
    lost: () => undefined,
  });
  return keeper;
}

const dayMs = 24 * 3_600_000;
