// Servers and services together, as `start` and `demo` run them: started in order, written down for the other commands,
// stopped in the opposite order.
import { mkdir } from 'node:fs/promises';
import { ConfigurationError, createStopStack } from '@cloud-gateway/runtime';
import { checkSettings } from './check-settings.ts';
import { provideServers, type Servers } from './provide-servers.ts';
import { forgetRunningGateway, writeRunningGateway } from './running-gateway.ts';
import { type Gateway, type GatewayOptions, startGateway } from './start-gateway.ts';

export interface Everything {
  readonly servers: Servers;
  readonly gateway: Gateway;
  stop(): Promise<void>;
}

export async function startEverything(options: Omit<GatewayOptions, 'servers'>): Promise<Everything> {
  const { environment, dataDir, report } = options;
  checkSettings(environment, options.services);
  await makeDataDir(dataDir);
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    const servers = await provideServers({ ...environment, GATEWAY_DATA_DIR: dataDir }, ({ message }) =>
      report(message),
    );
    stops.add('servers', () => servers.stop());
    options.aborted?.throwIfAborted();
    const gateway = await startGateway({ ...options, servers });
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
      masterKeyFile: gateway.masterKeyFile,
    });
    stops.add('gateway.json', () => forgetRunningGateway(dataDir));
    return { servers, gateway, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new ConfigurationError([{ name: 'GATEWAY_DATA_DIR', message: `cannot be used: ${reason}` }]);
  }
}
