// Database and broker of its own, both to be broken, and the services that events go through, each a process of its own.
// There is no cloud: what changes is written by the test.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServers, startEmbeddedServers } from '@cloud-gateway/embedded';
import { createLogger, createStopStack } from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import { eventually, rememberSecret } from '@cloud-gateway/test-support';
import { type ApiClient, createApiClient } from '../api-client.ts';
import { type ServiceName, type ServiceProcess, startServiceProcess } from '../service-process.ts';

export interface EventsWorld {
  readonly servers: EmbeddedServers;
  readonly store: Store;
  /** Nobody's yet: `withToken`. */
  readonly api: ApiClient;
  running(service?: ServiceName): ServiceProcess[];
  startAnother(service: ServiceName): Promise<ServiceProcess>;
  /** The poller that publishes events. */
  leader(): Promise<ServiceProcess>;
  stop(): Promise<void>;
}

/** `env`: settings of all services. */
export async function startEventsWorld(env: Record<string, string>): Promise<EventsWorld> {
  const stops = createStopStack({ timeoutMs: 60_000 });
  const directory = mkdtempSync(join(tmpdir(), 'cloud-gateway-faults-'));
  stops.add('directory', async () => rmSync(directory, { recursive: true, force: true }));
  try {
    const servers = await startEmbeddedServers({ directory, report: () => undefined });
    stops.add('servers', async () => {
      await Promise.all([servers.broker.kill(), servers.database.kill()]); // Their data goes too.
      await servers.stop();
    });
    const masterKey = randomBytes(32).toString('base64');
    for (const secret of [
      masterKey,
      new URL(servers.databaseUrl).password,
      new URL(servers.amqpUrl).password,
    ])
      rememberSecret(secret);
    const log = createLogger({ service: 'fault-test', level: 'error' });
    const store = openStore({ databaseUrl: servers.databaseUrl, log });
    stops.add('store', () => store.close());
    await store.migrate();

    const processes: ServiceProcess[] = [];
    const running = (service?: ServiceName) =>
      processes.filter((one) => one.isRunning() && (service === undefined || one.service === service));
    const settings = {
      GATEWAY_DATABASE_URL: servers.databaseUrl,
      GATEWAY_AMQP_URL: servers.amqpUrl,
      GATEWAY_AMQP_MANAGEMENT_URL: servers.managementUrl,
      GATEWAY_MASTER_KEY: masterKey,
      GATEWAY_BROKER_AUTH_PORT: String(servers.authPort),
      GATEWAY_RELAY_LEASE_MS: '2000',
      GATEWAY_SUBSCRIPTIONS_LEASE_MS: '2000',
      GATEWAY_SUBSCRIPTIONS_RECONCILE_MS: '500',
      GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true',
      GATEWAY_WEBHOOKS_BACKOFF_BASE_MS: '20',
      GATEWAY_WEBHOOKS_BACKOFF_MAX_MS: '500',
      ...env,
    };
    const startAnother = async (service: ServiceName) => {
      const started = await startServiceProcess(service, settings);
      processes.push(started);
      return started;
    };
    stops.add('services', async () => {
      await Promise.all(running().map((one) => one.stop(30_000)));
    });
    await Promise.all(
      (['credentials', 'subscriptions', 'edge', 'poller', 'poller'] as const).map(startAnother),
    );
    return {
      servers,
      store,
      api: createApiClient(() => running('edge').flatMap(({ url }) => url ?? [])),
      running,
      startAnother,
      leader: () =>
        eventually(
          async () => {
            for (const one of running('poller')) {
              if ((await one.metric('gateway_relay_leading')) === 1) return one;
            }
            return undefined;
          },
          { message: 'One of the pollers relays' },
        ),
      stop: () => stops.stop(),
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
