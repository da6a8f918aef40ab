// `cloud-gateway start` as a process of its own, with what the proxy door needs, over a database and a virtual host of
// its own.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { captureLogLine, createTestVirtualHost, eventually, findFreePort } from '@cloud-gateway/test-support';
import { composeWorld } from '../compose-world.ts';
import { makeFolder, startCliGateway } from '../start-cli-gateway.ts';
import type { ClientCredentials } from './api-client.ts';

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
export function startGateway(settings: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  return composeWorld(async (stops) => {
    const folder = await makeFolder(stops);
    const accessLog = path.join(folder, 'calls.log');
    stops.add('access log', () => captureCalls(accessLog));
    const virtualHost = await createTestVirtualHost();
    stops.add('virtual host', () => virtualHost.remove());
    const { process, administrator } = await startCliGateway(stops, {
      name: 'e2e-gateway',
      folder,
      settings: {
        GATEWAY_AMQP_URL: virtualHost.url,
        GATEWAY_CSG_PORT: String(await findFreePort()),
        GATEWAY_CSG_ACCESS_LOG: accessLog,
        GATEWAY_CREDENTIAL_CHECK_INTERVAL_MS: '600000',
        ...settings,
      },
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
    };
  });
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
