// `cloud-gateway start` as a process of its own, over a database of its own, with an administrator.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StopStack } from '@cloud-gateway/runtime';
import {
  createTestDatabase,
  rememberSecret,
  type SpawnedService,
  spawnService,
} from '@cloud-gateway/test-support';
import type { ClientCredentials } from './csg/api-client.ts';
import { cliEntry, runCli } from './csg/run-cli.ts';

export interface CliGateway {
  readonly process: SpawnedService;
  /** Where its gateway.json is. */
  readonly dataDir: string;
  readonly administrator: ClientCredentials;
}

export interface CliGatewayOptions {
  /** Of its captured log. */
  readonly name: string;
  /** Its data go there. */
  readonly folder: string;
  /** Default: all. */
  readonly services?: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

/** Returns when it has started. */
export async function startCliGateway(
  stops: StopStack,
  { name, folder, services = [], settings }: CliGatewayOptions,
): Promise<CliGateway> {
  const database = await createTestDatabase();
  stops.add('database', () => database.drop());
  const dataDir = path.join(folder, '.gateway');
  const env = {
    GATEWAY_DATA_DIR: dataDir,
    GATEWAY_DATABASE_URL: database.url,
    GATEWAY_EDGE_PORT: '0',
    ...settings,
  };
  const made = await runCli(['client', 'create', '--name', 'administrator', '--administrator'], env);
  const administrator = { clientId: String(made['clientId']), clientSecret: String(made['clientSecret']) };
  rememberSecret(administrator.clientSecret);
  const process = await spawnService({
    entry: cliEntry,
    args: ['start', ...services, '--json'],
    env,
    name,
    ready: { logLine: (line) => line.includes('"event":"started"') },
    readyTimeoutMs: 90_000,
  });
  stops.add('gateway', async () => void (await process.stop(40_000)));
  return { process, dataDir, administrator };
}

/** It goes with the other parts. */
export async function makeFolder(stops: StopStack): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-e2e-'));
  stops.add('folder', () => rm(folder, { recursive: true, force: true }));
  return folder;
}
