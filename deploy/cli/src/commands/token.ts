import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { ApiClient } from '../api-client.ts';
import { tokenConfigSchema } from '../gateway/cli-settings.ts';
import { urlOfRunning } from '../gateway/url-of-running.ts';
import { createOutput } from '../output/output.ts';
import { httpUrl } from './http-url.ts';
import { wholeNumber } from './whole-number.ts';

interface TokenOptions {
  readonly clientId: string;
  readonly url?: string;
  readonly expiresIn: number;
  readonly json?: boolean;
}

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('get a token; the client secret is read from GATEWAY_CLIENT_SECRET')
    .requiredOption('--client-id <id>', 'who you are')
    .option('--url <url>', 'address of the gateway; without: the one running here', httpUrl)
    .option('--expires-in <seconds>', 'how long it lives', wholeNumber({ min: 60, max: 86_400 }), 3600)
    .option('--json', 'one JSON object')
    .action(runToken);
}

async function runToken(options: TokenOptions): Promise<void> {
  const clientSecret = readClientSecret();
  const api = new ApiClient(options.url ?? (await urlOfRunning()));
  const token = await api.createToken({
    clientId: options.clientId,
    clientSecret,
    expiresInSeconds: options.expiresIn,
  });
  createOutput(options).result({ ...token }, token.token);
}

function readClientSecret(): string {
  const { GATEWAY_CLIENT_SECRET: secret } = readConfig(tokenConfigSchema, readEnvironment());
  if (secret) return secret.reveal();
  throw new Error(
    'Set GATEWAY_CLIENT_SECRET to the secret of the client; it is no option because others can see options.',
  );
}
