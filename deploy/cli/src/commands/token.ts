import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { type Command, InvalidArgumentError } from 'commander';
import { ApiClient } from '../api-client.ts';
import { cliConfigSchema, tokenConfigSchema } from '../gateway/cli-settings.ts';
import { noGatewayHere } from '../gateway/no-gateway-here.ts';
import { readRunningGateway } from '../gateway/running-gateway.ts';
import { createOutput } from '../output/output.ts';
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

async function urlOfRunning(): Promise<string> {
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
  const running = await readRunningGateway(dataDir);
  if (!running) throw new Error(`${await noGatewayHere(dataDir)} Or give an address with --url.`);
  if (!running.edgeUrl)
    throw new Error(`Process ${running.pid} runs no edge. Give the address of one with --url.`);
  return running.edgeUrl;
}

function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:8080.');
}
