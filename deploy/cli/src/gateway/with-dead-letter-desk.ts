// Opens the dead letters for one command: at the configured broker, or at that of the gateway running here.
import path from 'node:path';
import { connectBroker, type DeadLetterDesk, openDeadLetterDesk } from '@cloud-gateway/messaging';
import { createLogger, openVault, readConfig, readEnvironment, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';
import { cliConfigSchema } from './cli-settings.ts';
import { noGatewayHere } from './no-gateway-here.ts';
import { readRunningGateway } from './running-gateway.ts';
import { withDefaults } from './with-defaults.ts';

export async function withDeadLetterDesk<Result>(
  use: (desk: DeadLetterDesk) => Promise<Result>,
): Promise<Result> {
  const environment = readEnvironment();
  const config = readConfig(cliConfigSchema, environment);
  const dataDir = config.GATEWAY_DATA_DIR;
  const running = await readRunningGateway(dataDir);
  const configured = config.GATEWAY_AMQP_URL?.reveal();
  const url = configured ?? running?.amqpUrl;
  const caFile = config.GATEWAY_AMQP_CA_FILE ?? (configured ? undefined : running?.amqpCaFile);
  if (!url) throw new Error(`${await noGatewayHere(dataDir)} Or set GATEWAY_AMQP_URL.`);

  const masterKeyFile = running?.masterKeyFile ?? path.join(dataDir, 'master.key');
  const vaultConfig = readConfig(
    z.object(vaultSettings),
    withDefaults({ GATEWAY_MASTER_KEY_FILE: masterKeyFile }, environment),
  );
  const log = createLogger({ service: 'cli', level: 'error', format: 'pretty', destination: process.stderr });
  const connection = await connectBroker({
    url,
    caFile,
    name: 'cli',
    log,
    firstConnectionTimeoutMs: 5_000,
  });
  try {
    // The key is read when a letter is opened: listing needs none.
    const open = async (sealed: string, context: string) =>
      (await openVault(vaultConfig)).open(sealed, context);
    return await useDesk(await openDeadLetterDesk({ connection, log, open }), use);
  } finally {
    await connection.close();
  }
}

async function useDesk<Result>(
  desk: DeadLetterDesk,
  use: (desk: DeadLetterDesk) => Promise<Result>,
): Promise<Result> {
  try {
    return await use(desk);
  } finally {
    await desk.close(); // Before the connection: closing that alone could overtake what the desk has acknowledged.
  }
}
