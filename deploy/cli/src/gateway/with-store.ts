// Opens the store for one command: the configured database, that of the gateway running here, or the private one started
// for the occasion.
import { startPrivateDatabase } from '@cloud-gateway/embedded';
import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { cliConfigSchema } from './cli-settings.ts';
import { readRunningGateway } from './running-gateway.ts';
import { useStore } from './use-store.ts';

export async function withStore<Result>(
  report: (message: string) => void,
  use: (store: Store) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(cliConfigSchema, readEnvironment());
  const running = await readRunningGateway(config.GATEWAY_DATA_DIR);
  const url = config.GATEWAY_DATABASE_URL?.reveal() ?? running?.databaseUrl;
  if (url) return useStore(url, use);
  const server = await startPrivateDatabase({
    directory: config.GATEWAY_DATA_DIR,
    report: (progress) => report(progress.message),
  });
  try {
    return await useStore(server.databaseUrl, use);
  } finally {
    await server.stop();
  }
}
