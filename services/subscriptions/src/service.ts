// Builds the service by hand, top to bottom: store, broker, verifier, the handlers.
import { startTokenVerifier } from '@cloud-gateway/access';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { connectBroker, createOutcomeMeter, type Handler, startResponder } from '@cloud-gateway/messaging';
import { createStopStack, openVault, type ServiceDeps } from '@cloud-gateway/runtime';
import { createIdempotencyStore, openStore } from '@cloud-gateway/store';
import type { SubscriptionsConfig } from './config.ts';

export interface SubscriptionsDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface Subscriptions {
  stop(): Promise<void>;
}

const handlers: readonly Handler[] = [];

/** Rejects when database or broker are away; once started, it waits for them to come back. */
export async function start(config: SubscriptionsConfig, deps: SubscriptionsDeps): Promise<Subscriptions> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const store = openStore({ databaseUrl: config.GATEWAY_DATABASE_URL.reveal(), log });
    stops.add('store', () => store.close());
    const vault = await openVault(config);
    const connection = await connectBroker({
      url: config.GATEWAY_AMQP_URL.reveal(),
      name: 'subscriptions',
      log,
    });
    stops.add('broker', () => connection.close());
    const verifier = await startTokenVerifier({ store, clock, log, connection });
    stops.add('token verifier', () => verifier.stop());
    const responder = await startResponder({
      connection,
      service: 'subscriptions',
      bindings: ['*.v1.subscriptions.#'],
      handlers,
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
    return { stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
