// Builds the API handler by hand, top to bottom. Each cloud has queues of its own, so that a slow cloud holds up nobody
// but its own callers, and so that a cloud can have its own deployment.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { startTokenVerifier } from '@cloud-gateway/access';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { type Cloud, cloudNamesOf, openServiceClouds } from '@cloud-gateway/clouds';
import {
  connectBroker,
  createOutcomeMeter,
  type ResponderOptions,
  startResponder,
} from '@cloud-gateway/messaging';
import { createStopStack, openVault, type ServiceDeps } from '@cloud-gateway/runtime';
import { createIdempotencyStore, openStore } from '@cloud-gateway/store';
import type { CloudAdapterConfig } from './config.ts';
import { createHandlerDeps } from './create-handler-deps.ts';
import { cloudHandlers } from './handlers/cloud-handlers.ts';
import { cloudList } from './handlers/cloud-list.ts';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import { pollingList } from './handlers/polling-list.ts';
import { sync } from './handlers/sync.ts';
import { startResolver } from './resolve-intents.ts';

export interface CloudAdapterDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface CloudAdapter {
  /** Takes no more requests and waits for those under way. */
  stop(): Promise<void>;
}

/** Rejects when the broker is away or a cloud is not known. */
export async function start(config: CloudAdapterConfig, deps: CloudAdapterDeps): Promise<CloudAdapter> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const store = openStore({
      databaseUrl: config.GATEWAY_DATABASE_URL.reveal(),
      log,
      poolMax: config.GATEWAY_ADAPTER_DATABASE_CONNECTIONS,
    });
    stops.add('store', () => store.close());
    const vault = await openVault(config);
    const clouds = openServiceClouds(config, { store, clock, log, metrics });
    stops.add('clouds', () => clouds.close());
    const connection = await connectBroker({
      url: config.GATEWAY_AMQP_URL.reveal(),
      caFile: config.GATEWAY_AMQP_CA_FILE,
      name: 'cloud-adapter',
      log,
    });
    stops.add('broker', () => connection.close());
    const verifier = await startTokenVerifier({ store, clock, log, connection });
    stops.add('token verifier', () => verifier.stop());

    const handlerDeps = createHandlerDeps(config, { store, vault, clouds, clock });
    const resolver = startResolver({
      ...handlerDeps,
      log,
      owner: `${hostname().slice(0, 20)}-${process.pid}-${randomUUID().slice(0, 8)}`,
      pauseMs: config.GATEWAY_ADAPTER_RESOLVE_MS,
      idleMs: config.GATEWAY_ADAPTER_RESOLVE_AFTER_MS,
      believedAfterMs,
    });
    stops.add('resolver', () => resolver.stop(), drainTimeoutMs);
    const shared = {
      connection,
      authenticate: (authorization: string | undefined) => verifier.verify(authorization),
      idempotency: createIdempotencyStore({ store, seal: vault.seal, open: vault.open }),
      seal: vault.seal,
      log,
      onOutcome: createOutcomeMeter(metrics),
      limits: { writePrefetch: config.GATEWAY_ADAPTER_WRITES_MAX },
    };
    for (const part of [
      catalogue(handlerDeps),
      ...clouds.all().map((cloud) => oneCloud(cloud, handlerDeps)),
    ]) {
      const responder = await startResponder({ ...shared, ...part });
      stops.add(part.service, () => responder.stop(), drainTimeoutMs);
    }

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

type Served = Pick<ResponderOptions, 'service' | 'bindings' | 'handlers'>;

/** The questions that belong to no single cloud. */
function catalogue(deps: HandlerDeps): Served {
  return {
    service: 'cloud-adapter',
    bindings: ['*.v1.clouds', '*.v1.sync', '*.v1.polling'],
    handlers: [cloudList(deps), sync(deps), pollingList(deps)],
  };
}

/** Every name of the cloud leads to the same queues; whatever the path says, answers have the id. */
function oneCloud(cloud: Cloud, deps: HandlerDeps): Served {
  return {
    service: `cloud-adapter.${cloud.id}`,
    bindings: cloudNamesOf(cloud.id).map((name) => `*.v1.clouds.${name}.#`),
    handlers: cloudHandlers(deps, cloud),
  };
}

// A write waits for a cloud, which may take its time.
const drainTimeoutMs = 20_000;
// Longer than a cloud needs to show what it has made (half a minute), by far.
const believedAfterMs = 60_000;
