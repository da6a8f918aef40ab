import { readConfig, readEnvironment, setting } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { z } from 'zod';
import { ApiClient } from '../api-client.ts';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { readRunningGateway } from '../gateway/running-gateway.ts';
import { createOutput } from '../output/output.ts';

const tokenConfigSchema = z.object({
  GATEWAY_CLIENT_SECRET: setting.secret({
    description:
      'Secret of the client that `cloud-gateway token` authenticates. Not an option, because options can be seen by others.',
  }),
});

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('get a token; the client secret is read from GATEWAY_CLIENT_SECRET')
    .requiredOption('--client-id <id>', 'who you are')
    .option('--url <url>', 'address of the gateway; default: the one running here')
    .option('--expires-in <seconds>', 'how long it lives', Number, 3600)
    .option('--json', 'one JSON object')
    .action(async (options: { clientId: string; url?: string; expiresIn: number; json?: boolean }) => {
      const output = createOutput({
        json: options.json ?? false,
        stdout: process.stdout,
        stderr: process.stderr,
      });
      const { GATEWAY_CLIENT_SECRET: secret } = readConfig(tokenConfigSchema, readEnvironment());
      const api = new ApiClient(options.url ?? (await urlOfRunning()));
      const token = await api.createToken({
        clientId: options.clientId,
        clientSecret: secret.reveal(),
        expiresInSeconds: options.expiresIn,
      });
      output.result({ ...token }, token.token);
    });
}

async function urlOfRunning(): Promise<string> {
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
  const url = (await readRunningGateway(dataDir))?.edgeUrl;
  if (!url)
    throw new Error(
      `No gateway with an edge runs from ${dataDir}. Start it, or give its address with --url.`,
    );
  return url;
}
