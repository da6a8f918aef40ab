import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { openClient } from '../client/open-client.ts';
import { useClient } from '../client/use-client.ts';
import { clientConfigSchema } from '../gateway/cli-settings.ts';
import { createOutput } from '../output/output.ts';
import { gatewayUrl } from './gateway-url.ts';
import { wholeNumber } from './whole-number.ts';

interface TokenOptions {
  readonly clientId?: string;
  readonly url?: string;
  readonly expiresIn: number;
  readonly json?: boolean;
}

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('get a token; the client secret is read from GATEWAY_CLIENT_SECRET')
    .option('--client-id <id>', 'who you are; without: GATEWAY_CLIENT_ID')
    .option(
      '--url <url>',
      'address of the gateway; without: GATEWAY_URL, or the one running here',
      gatewayUrl,
    )
    .option('--expires-in <seconds>', 'how long it lives', wholeNumber({ min: 60, max: 86_400 }), 3600)
    .option('--json', 'one JSON object')
    .action(runToken);
}

async function runToken(options: TokenOptions): Promise<void> {
  const identity = identityOf(options);
  const body = { ...identity, expiresInSeconds: options.expiresIn };
  const token = await useClient(openClient({ ...options, as: identity }), (client) =>
    client.call('token-create', { body }),
  );
  createOutput(options).result({ ...token }, token.token);
}

function identityOf(options: TokenOptions): { clientId: string; clientSecret: string } {
  const config = readConfig(clientConfigSchema, readEnvironment());
  const clientId = options.clientId ?? config.GATEWAY_CLIENT_ID;
  if (!clientId) throw new Error('Say who you are with --client-id, or set GATEWAY_CLIENT_ID.');
  const clientSecret = config.GATEWAY_CLIENT_SECRET?.reveal();
  if (clientSecret) return { clientId, clientSecret };
  throw new Error(
    'Set GATEWAY_CLIENT_SECRET to the secret of the client; it is no option because others can see options.',
  );
}
