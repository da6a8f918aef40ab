// The gateway as the commands call it: over its public doors, like every other client.
import { readFile } from 'node:fs/promises';
import type { GatewayClient, GatewayClientOptions } from '@cloud-gateway/client';
import { type Config, ConfigurationError, readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { clientConfigSchema } from '../gateway/cli-settings.ts';
import { urlOfRunning } from '../gateway/url-of-running.ts';

interface Identity {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string;
  readonly token?: string;
}

export interface ClientOptions {
  /** Comes before GATEWAY_URL and before the gateway that runs here. */
  readonly url?: string | undefined;
  /** Default: who the environment says. Nobody, `{}`, is enough for calls without a token over HTTP. */
  readonly as?: Identity | undefined;
}

/** Throws an Error that says which variable is missing, or that no gateway runs here. */
export async function openClient({ url, as }: ClientOptions): Promise<GatewayClient> {
  const config = readConfig(clientConfigSchema, readEnvironment());
  return createClient({ ...(as ?? identityOf(config)), ...(await placeOf(config, url)) });
}

async function createClient(options: GatewayClientOptions): Promise<GatewayClient> {
  // Loaded when it is wanted: most commands need no broker.
  const { createGatewayClient } = await import('@cloud-gateway/client');
  return createGatewayClient({ attempts: 3, name: 'cloud-gateway-cli', ...options });
}

type ClientConfig = Config<typeof clientConfigSchema>;

async function placeOf(
  { GATEWAY_URL: configured, GATEWAY_CA_FILE: caFile }: ClientConfig,
  named: string | undefined,
): Promise<Pick<GatewayClientOptions, 'url' | 'ca'>> {
  return {
    url: named ?? configured ?? (await urlOfRunning()),
    ...(caFile && { ca: await readAuthority(caFile) }),
  };
}

async function readAuthority(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new ConfigurationError([{ name: 'GATEWAY_CA_FILE', message: `cannot be read: ${reason}` }]);
  }
}

function identityOf(config: ClientConfig): Identity {
  const clientId = config.GATEWAY_CLIENT_ID;
  const token = config.GATEWAY_TOKEN?.reveal();
  const clientSecret = config.GATEWAY_CLIENT_SECRET?.reveal();
  // The broker wants the client's id as the user, beside a token too.
  if (token) return { token, clientId };
  if (clientId && clientSecret) return { clientId, clientSecret };
  throw new Error(
    'It is not known who you are: set GATEWAY_CLIENT_ID and GATEWAY_CLIENT_SECRET, or GATEWAY_TOKEN. `cloud-gateway client create` makes a client.',
  );
}
