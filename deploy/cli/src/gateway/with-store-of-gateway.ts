// Opens the store for a command that makes sense beside a gateway only: the configured database, or that of the gateway
// running here.
import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { cliConfigSchema } from './cli-settings.ts';
import { noGatewayHere } from './no-gateway-here.ts';
import { readRunningGateway } from './running-gateway.ts';
import { useStore } from './use-store.ts';

export async function withStoreOfGateway<Result>(use: (store: Store) => Promise<Result>): Promise<Result> {
  const config = readConfig(cliConfigSchema, readEnvironment());
  const dataDir = config.GATEWAY_DATA_DIR;
  const running = await readRunningGateway(dataDir);
  const url = config.GATEWAY_DATABASE_URL?.reveal() ?? running?.databaseUrl;
  if (!url) throw new Error(`${await noGatewayHere(dataDir)} Or set GATEWAY_DATABASE_URL.`);
  return useStore(url, use);
}
