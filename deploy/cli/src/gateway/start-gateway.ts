// Starts services of the gateway in this process, over servers that are there already: migrations first, then the first
// administrator, then the services one after the other.
import path from 'node:path';
import type { Writable } from 'node:stream';
import { systemClock } from '@cloud-gateway/clock';
import { bootstrapAdministrator } from '@cloud-gateway/credentials';
import {
  createHealth,
  createLogger,
  createMetrics,
  createStopStack,
  type Environment,
  type LogLevel,
  mergeHealth,
  mergeMetrics,
  processSettings,
  readConfig,
  startAdminServer,
} from '@cloud-gateway/runtime';
import { openStore } from '@cloud-gateway/store';
import { z } from 'zod';
import type { Servers } from './provide-servers.ts';
import { type ServiceName, services } from './services.ts';

export interface Gateway {
  readonly edgeUrl: string | undefined;
  readonly edgeTlsUrl: string | undefined;
  readonly adminUrl: string;
  readonly masterKeyFile: string;
  /** Only when this start has made the first administrator: his secret is never shown again. */
  readonly administrator: { clientId: string; clientSecret: string } | undefined;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  readonly servers: Pick<Servers, 'databaseUrl' | 'amqpUrl'>;
  readonly dataDir: string;
  readonly services: readonly ServiceName[];
  readonly environment: Environment;
  readonly logDestination?: Writable;
  /** Instead of the configured one. */
  readonly logLevel?: LogLevel;
  readonly report: (message: string) => void;
}

/** Rejects with everything stopped again when one part cannot start. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const environment = {
    GATEWAY_MASTER_KEY_FILE: path.join(options.dataDir, 'master.key'),
    ...options.environment,
    GATEWAY_DATABASE_URL: options.servers.databaseUrl,
    GATEWAY_AMQP_URL: options.servers.amqpUrl,
  };
  const config = readConfig(z.object(processSettings), environment);
  const newLog = (service: string) =>
    createLogger({
      service,
      level: options.logLevel ?? config.GATEWAY_LOG_LEVEL,
      format: config.GATEWAY_LOG_FORMAT,
      ...(options.logDestination && { destination: options.logDestination }),
    });
  const stops = createStopStack({ timeoutMs: 35_000 });
  try {
    const administrator = await prepareStore(environment, newLog('store'), options.report);
    const parts: {
      name: ServiceName;
      metrics: ReturnType<typeof createMetrics>;
      health: ReturnType<typeof createHealth>;
    }[] = [];
    const urls: { url?: string; tlsUrl?: string | undefined } = {};
    for (const name of options.services) {
      const deps = {
        log: newLog(name),
        metrics: createMetrics({ service: name, processMetrics: parts.length === 0 }),
        health: createHealth(),
      };
      const running = await services[name].start(environment, deps);
      stops.add(name, () => running.stop());
      deps.health.serving();
      parts.push({ name, ...deps });
      if (name === 'edge') Object.assign(urls, running);
      options.report(`${name} is running`);
    }
    const admin = await startAdminServer({
      host: config.GATEWAY_ADMIN_HOST,
      port: config.GATEWAY_ADMIN_PORT,
      health: mergeHealth(Object.fromEntries(parts.map(({ name, health }) => [name, health]))),
      metrics: mergeMetrics(parts.map(({ metrics }) => metrics)),
      log: newLog('admin'),
    });
    stops.add('admin door', () => admin.stop());
    stops.add('health', () => parts.forEach(({ health }) => void health.draining()));
    return {
      edgeUrl: urls.url,
      edgeTlsUrl: urls.tlsUrl,
      adminUrl: admin.url,
      masterKeyFile: environment.GATEWAY_MASTER_KEY_FILE,
      administrator,
      stop: () => stops.stop(),
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function prepareStore(
  environment: Environment & { GATEWAY_DATABASE_URL: string },
  log: ReturnType<typeof createLogger>,
  report: (message: string) => void,
) {
  const store = openStore({ databaseUrl: environment.GATEWAY_DATABASE_URL, log });
  try {
    const migrated = await store.migrate();
    if (migrated.length > 0) report(`the database has the schema ${migrated.at(-1)}`);
    return await bootstrapAdministrator({ store, clock: systemClock });
  } finally {
    await store.close();
  }
}
