// Starts services of the gateway in this process, over servers that are there already: migrations first, then the first
// administrator, then the services one after the other, the admin door last.
import path from 'node:path';
import type { Writable } from 'node:stream';
import { systemClock } from '@cloud-gateway/clock';
import { type Administrator, bootstrapAdministrator } from '@cloud-gateway/credentials';
import {
  type AdminServer,
  type Config,
  ConfigurationError,
  createHealth,
  createLogger,
  createMetrics,
  createStopStack,
  type Environment,
  type Logger,
  mergeHealth,
  mergeMetrics,
  processSettings,
  readConfig,
  type ServiceDeps,
  startAdminServer,
  vaultSettings,
} from '@cloud-gateway/runtime';
import { z } from 'zod';
import { logToAll } from '../logging/log-to-all.ts';
import { freePort } from './free-port.ts';
import { openReachableStore } from './open-reachable-store.ts';
import type { Servers } from './provide-servers.ts';
import type { ServiceName } from './service-names.ts';
import { type RunningService, services } from './services.ts';
import { withDefaults } from './with-defaults.ts';

export interface Gateway {
  readonly edgeUrl: string | undefined;
  readonly edgeTlsUrl: string | undefined;
  /** For HTTPS_PROXY. */
  readonly proxyUrl: string | undefined;
  readonly adminUrl: string;
  readonly masterKeyFile: string;
  /** A logger to the same places. */
  newLog(service: string): Logger;
  stop(): Promise<void>;
}

interface LogTarget {
  readonly destination: Writable;
  /** Instead of the configured one. */
  readonly format?: 'json' | 'pretty' | undefined;
}

export interface GatewayOptions {
  readonly servers: Pick<Servers, 'databaseUrl' | 'amqpUrl' | 'privateBroker'>;
  readonly dataDir: string;
  readonly services: readonly ServiceName[];
  readonly environment: Environment;
  /** Every place that the log goes to. */
  readonly logTo: readonly LogTarget[];
  readonly report: (message: string) => void;
  /** Told at once, since nothing can show the secret a second time, also when the start fails later. */
  readonly onAdministrator?: (administrator: Administrator) => void;
  /** Where GATEWAY_EDGE_PORT or GATEWAY_CSG_PORT is not set and the usual port is taken, any other will do. */
  readonly anyPort?: boolean;
  /** Aborts the start. */
  readonly aborted?: AbortSignal;
}

const processSchema = z.object({ ...processSettings, ...vaultSettings });

/** Rejects with everything stopped again when one part cannot start. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const environment = await environmentOver(options);
  const config = readConfig(processSchema, environment);
  const newLog = (service: string) =>
    logToAll(
      options.logTo.map(({ destination, format = config.GATEWAY_LOG_FORMAT }) =>
        createLogger({ service, level: config.GATEWAY_LOG_LEVEL, format, destination }),
      ),
    );
  const stops = createStopStack({ timeoutMs: 35_000 });
  try {
    await prepareStore(options, newLog('store'));
    const parts: Part[] = [];
    for (const name of options.services) {
      options.aborted?.throwIfAborted();
      const part = await startPart(name, await environmentOf(name, environment, options), {
        log: newLog(name),
        metrics: createMetrics({ service: name, processMetrics: parts.length === 0 }),
        health: createHealth(),
      });
      stops.add(name, () => part.running.stop());
      parts.push(part);
      options.report(`${name} is running`);
    }
    const admin = await openAdminDoor(config, parts, newLog('admin'));
    stops.add('admin door', () => admin.stop());
    stops.add('health', () => parts.forEach(({ health }) => void health.draining()));
    const edge = parts.find(({ name }) => name === 'edge')?.running;
    const proxy = parts.find(({ name }) => name === 'csg')?.running;
    return {
      edgeUrl: edge?.url,
      edgeTlsUrl: edge?.tlsUrl,
      proxyUrl: proxy?.url,
      adminUrl: admin.url,
      masterKeyFile: config.GATEWAY_MASTER_KEY_FILE,
      newLog,
      stop: () => stops.stop(),
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function environmentOver({
  dataDir,
  environment,
  servers,
  anyPort,
}: GatewayOptions): Promise<Environment> {
  const usual = {
    GATEWAY_MASTER_KEY_FILE: path.join(dataDir, 'master.key'),
    GATEWAY_CSG_ROOT_CERT_FILE: path.join(dataDir, 'csg', 'root.crt'),
    GATEWAY_CSG_ROOT_KEY_FILE: path.join(dataDir, 'csg', 'root.key'),
    GATEWAY_CSG_SPOOL_FOLDER: path.join(dataDir, 'csg', 'spool'),
    // The credentials service tells users where the proxy is before that has a port: so it is chosen here.
    GATEWAY_CSG_PORT: String(anyPort ? await freePort(3128) : 3128),
  };
  const withFiles = withDefaults(usual, environment);
  const { GATEWAY_CSG_HOST: host = '127.0.0.1', GATEWAY_CSG_PORT: port } = withFiles;
  return {
    ...withDefaults({ GATEWAY_CSG_PUBLIC_URL: `http://${host}:${port}` }, withFiles),
    GATEWAY_DATABASE_URL: servers.databaseUrl,
    GATEWAY_AMQP_URL: servers.amqpUrl,
    ...privateBrokerSettings(servers),
  };
}

// Not to be overridden: the private broker asks on this port and on no other, and it alone is managed there.
function privateBrokerSettings({ privateBroker }: GatewayOptions['servers']): Environment {
  if (!privateBroker) return {};
  return {
    GATEWAY_BROKER_AUTH_HOST: '127.0.0.1',
    GATEWAY_BROKER_AUTH_PORT: String(privateBroker.authPort),
    GATEWAY_AMQP_MANAGEMENT_URL: privateBroker.managementUrl,
  };
}

// Looked up at the last moment: between an earlier look and the start of the edge, seconds later, lies another demo's.
async function environmentOf(
  name: ServiceName,
  environment: Environment,
  { anyPort }: GatewayOptions,
): Promise<Environment> {
  if (name !== 'edge' || !anyPort) return environment;
  return withDefaults({ GATEWAY_EDGE_PORT: String(await freePort(8080)) }, environment);
}

interface Part extends ServiceDeps {
  readonly name: ServiceName;
  readonly running: RunningService;
}

async function startPart(name: ServiceName, environment: Environment, deps: ServiceDeps): Promise<Part> {
  const running = await services[name].start(environment, deps);
  deps.health.serving();
  return { name, running, ...deps };
}

async function openAdminDoor(
  config: Config<typeof processSchema>,
  parts: readonly Part[],
  log: Logger,
): Promise<AdminServer> {
  const { GATEWAY_ADMIN_HOST: host, GATEWAY_ADMIN_PORT: port } = config;
  const health = mergeHealth(Object.fromEntries(parts.map((part) => [part.name, part.health])));
  const metrics = mergeMetrics(parts.map((part) => part.metrics));
  try {
    return await startAdminServer({ host, port, health, metrics, log });
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new ConfigurationError([{ name: 'GATEWAY_ADMIN_PORT', message: `cannot be used: ${reason}` }]);
  }
}

async function prepareStore(
  { servers, report, onAdministrator }: GatewayOptions,
  log: Logger,
): Promise<void> {
  const store = await openReachableStore(servers.databaseUrl, log);
  try {
    const migrated = await store.migrate();
    if (migrated.length > 0) report(`the database has the schema ${migrated.at(-1)}`);
    const administrator = await bootstrapAdministrator({ store, clock: systemClock });
    if (administrator) onAdministrator?.(administrator);
  } finally {
    await store.close();
  }
}
