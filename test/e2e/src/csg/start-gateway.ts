// `cloud-gateway start` as a process of its own, with what the proxy door needs, over a database and a virtual host of
// its own.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  captureLogLine,
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  rememberSecret,
  spawnService,
} from '@cloud-gateway/test-support';
import type { ClientCredentials } from './api-client.ts';
import { freePort } from './free-port.ts';
import { cliEntry, runCli } from './run-cli.ts';

interface LogLine {
  readonly level?: string;
  readonly message?: string;
  readonly [field: string]: unknown;
}

export interface GatewayProcess {
  readonly edgeUrl: string;
  /** For HTTPS_PROXY. */
  readonly proxyUrl: string;
  readonly amqpUrl: string;
  readonly administrator: ClientCredentials;
  /** A folder for the files of a test; it goes with the gateway. */
  readonly folder: string;
  /** The lines of its log that are errors. */
  errors(): readonly LogLine[];
  /** Begins a new peak of its resident memory. Call `grown` later: how many bytes it was higher since. */
  watchMemory(): Promise<{ grown(): Promise<number> }>;
  stop(): Promise<void>;
}

/** `settings` are added to the environment of the process. */
export async function startGateway(settings: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of undo.splice(0).reverse()) await each();
  };
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-e2e-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const database = await createTestDatabase();
    undo.push(() => database.drop());
    const virtualHost = await createTestVirtualHost();
    undo.push(() => virtualHost.remove());
    const env = {
      GATEWAY_DATA_DIR: path.join(folder, '.gateway'),
      GATEWAY_DATABASE_URL: database.url,
      GATEWAY_AMQP_URL: virtualHost.url,
      GATEWAY_EDGE_PORT: '0',
      GATEWAY_CSG_PORT: String(await freePort()),
      GATEWAY_CSG_ACCESS_LOG: path.join(folder, 'calls.log'),
      GATEWAY_CREDENTIAL_CHECK_INTERVAL_MS: '600000',
      ...settings,
    };
    const administrator = await createAdministrator(env);
    const process = await spawnService({
      entry: cliEntry,
      args: ['start', '--json'],
      env,
      name: 'e2e-gateway',
      ready: { logLine: (line) => line.includes('"event":"started"') },
      readyTimeoutMs: 60_000,
    });
    undo.push(async () => {
      await process.stop(30_000);
      await captureCalls(env.GATEWAY_CSG_ACCESS_LOG);
    });
    const lines = () => process.lines.map(readLine);
    const started = await eventually(() => lines().find(({ event }) => event === 'started'));
    return {
      edgeUrl: String(started['edgeUrl']),
      proxyUrl: String(started['proxyUrl']),
      amqpUrl: virtualHost.url,
      administrator,
      folder,
      errors: () => lines().filter(({ level }) => level === 'error'),
      watchMemory: () => watchMemory(process.pid),
      stop,
    };
  } catch (err) {
    await stop().catch(() => undefined);
    throw err;
  }
}

async function createAdministrator(env: Readonly<Record<string, string>>): Promise<ClientCredentials> {
  const made = await runCli(['client', 'create', '--name', 'administrator', '--administrator'], env);
  const clientSecret = String(made['clientSecret']);
  rememberSecret(clientSecret);
  return { clientId: String(made['clientId']), clientSecret };
}

function readLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'error', message: line }; // Node's own words: a warning, a crash
  }
}

/** Secrets are looked for there too. */
async function captureCalls(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.split('\n')) captureLogLine('e2e-calls', line);
}

// proc(5): 5 into clear_refs puts the peak, VmHWM in kB, back to what is resident now.
async function watchMemory(pid: number): Promise<{ grown(): Promise<number> }> {
  const peakBytes = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  };
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  const before = await peakBytes();
  return { grown: async () => (await peakBytes()) - before };
}
