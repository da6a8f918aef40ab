// Servers and services together, as `start` and `demo` run them: started in order, written down for the other commands,
// stopped in the opposite order.

import type { Environment } from '@cloud-gateway/runtime';
import { createStopStack } from '@cloud-gateway/runtime';
import { provideServers, type Servers } from './provide-servers.ts';
import { forgetRunningGateway, writeRunningGateway } from './running-gateway.ts';
import { type Gateway, type GatewayOptions, startGateway } from './start-gateway.ts';

export interface Everything {
  readonly servers: Servers;
  readonly gateway: Gateway;
  /** Rejects when a private server dies: then nothing here can go on. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

export async function startEverything(
  options: Omit<GatewayOptions, 'servers'> & { readonly environment: Environment },
): Promise<Everything> {
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    const servers = await provideServers(
      { ...options.environment, GATEWAY_DATA_DIR: options.dataDir },
      (progress) => options.report(progress.message),
    );
    stops.add('servers', () => servers.stop());
    const failed = new Promise<never>((_, reject) => servers.onUnexpectedExit(reject));
    failed.catch(() => undefined);
    const gateway = await startGateway({ ...options, servers });
    stops.add('gateway', () => gateway.stop());
    await writeRunningGateway(options.dataDir, {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      services: [...options.services],
      edgeUrl: gateway.edgeUrl,
      adminUrl: gateway.adminUrl,
      databaseUrl: servers.databaseUrl,
      amqpUrl: servers.amqpUrl,
      masterKeyFile: gateway.masterKeyFile,
    });
    stops.add('gateway.json', () => forgetRunningGateway(options.dataDir));
    return { servers, gateway, failed, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
