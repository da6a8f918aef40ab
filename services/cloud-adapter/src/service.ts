// Builds the API handler by hand, top to bottom. Each cloud has queues of its own, so that a slow cloud holds up nobody
// but its own callers, and so that a cloud can have its own deployment.
import { createGrantChecker, startTokenVerifier } from '@cloud-gateway/access';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { openServiceClouds } from '@cloud-gateway/clouds';
import {
  connectBroker,
  createOutcomeMeter,
  type ResponderOptions,
  startResponder,
} from '@cloud-gateway/messaging';
import { createStopStack, openVault, type ServiceDeps } from '@cloud-gateway/runtime';
import { createIdempotencyStore, openStore } from '@cloud-gateway/store';
import { createAccountAccess } from './account-access.ts';
import type { CloudAdapterConfig } from './config.ts';
import { cloudHandlers } from './handlers/cloud-handlers.ts';
import { cloudList } from './handlers/cloud-list.ts';
import { createSessionOpener } from './session-opener.ts';

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
      name: 'cloud-adapter',
      log,
    });
    stops.add('broker', () => connection.close());
    const verifier = await startTokenVerifier({ store, clock, log, connection });
    stops.add('token verifier', () => verifier.stop());

    const grants = createGrantChecker({ store, clock });
    const handlerDeps = {
      clouds,
      store,
      access: createAccountAccess({ clouds, grants }),
      sessions: createSessionOpener({ store, vault, grants }),
    };
    const shared = {
      connection,
      authenticate: (authorization: string | undefined) => verifier.verify(authorization),
      idempotency: createIdempotencyStore({ store, seal: vault.seal, open: vault.open }),
      seal: vault.seal,
      log,
      onOutcome: createOutcomeMeter(metrics),
      limits: { writePrefetch: config.GATEWAY_ADAPTER_WRITES_MAX },
    };
    for (const served of [
      catalogue(handlerDeps),
      ...clouds.all().map(({ id }) => oneCloud(id, handlerDeps)),
    ]) {
      const responder = await startResponder({ ...shared, ...served });
      stops.add(served.service, () => responder.stop(), drainTimeoutMs);
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
type HandlerDeps = Parameters<typeof cloudHandlers>[0];

/** The list of all clouds: the one question that belongs to none of them. */
function catalogue(deps: HandlerDeps): Served {
  return { service: 'cloud-adapter', bindings: ['*.v1.clouds'], handlers: [cloudList(deps)] };
}

function oneCloud(id: string, deps: HandlerDeps): Served {
  return {
    service: `cloud-adapter.${id}`,
    bindings: [`*.v1.clouds.${id}.#`],
    handlers: cloudHandlers(deps),
  };
}

// A write waits for a cloud, which may take its time.
const drainTimeoutMs = 20_000;
