// Servers and services together, as `start` and `demo` run them: started in order, written down for the other commands,
// stopped in the opposite order.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError, createStopStack, type Environment } from '@cloud-gateway/runtime';
import { openLogOfGateway } from '../logging/open-log-of-gateway.ts';
import { checkSettings } from './check-settings.ts';
import { provideServers, type Servers } from './provide-servers.ts';
import { forgetRunningGateway, writeRunningGateway } from './running-gateway.ts';
import { type Gateway, type GatewayOptions, startGateway } from './start-gateway.ts';

export interface Everything {
  readonly servers: Servers;
  readonly gateway: Gateway;
  /** Undefined when the log goes into no file. */
  readonly logFile: string | undefined;
  stop(): Promise<void>;
}

/** `logTo`: beside the log file. */
export async function startEverything(options: Omit<GatewayOptions, 'servers'>): Promise<Everything> {
  const { environment, dataDir, report } = options;
  checkSettings(environment, options.services);
  await makeDataDir(dataDir);
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    const log = await openLogOfGateway(environment, dataDir);
    if (log) stops.add('log file', () => new Promise((resolve) => log.stream.end(resolve)));
    const servers = await provideServers({ ...environment, GATEWAY_DATA_DIR: dataDir }, ({ message }) =>
      report(message),
    );
    stops.add('servers', () => servers.stop());
    options.aborted?.throwIfAborted();
    const toFile = log ? [{ destination: log.stream, format: 'json' as const }] : [];
    const gateway = await startGateway({ ...options, servers, logTo: [...options.logTo, ...toFile] });
    stops.add('gateway', () => gateway.stop());
    await writeRunningGateway(dataDir, {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      services: [...options.services],
      edgeUrl: gateway.edgeUrl,
      proxyUrl: gateway.proxyUrl,
      adminUrl: gateway.adminUrl,
      databaseUrl: servers.databaseUrl,
      amqpUrl: servers.amqpUrl,
      amqpCaFile: authorityOf(environment, servers),
      amqpsUrl: servers.privateBroker?.amqpsUrl,
      amqpCertificateFile: servers.privateBroker?.certificateFile,
      masterKeyFile: gateway.masterKeyFile,
      logFile: log?.file,
    });
    stops.add('gateway.json', () => forgetRunningGateway(dataDir));
    return { servers, gateway, logFile: log?.file, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

function authorityOf(environment: Environment, { privateBroker }: Servers): string | undefined {
  const file = environment['GATEWAY_AMQP_CA_FILE'];
  return file && !privateBroker ? path.resolve(file) : undefined;
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new ConfigurationError([{ name: 'GATEWAY_DATA_DIR', message: `cannot be used: ${reason}` }]);
  }
}
