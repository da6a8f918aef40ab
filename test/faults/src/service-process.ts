// A service of the gateway as a process of its own, on free ports, with what a test asks its admin door.
import { fileURLToPath } from 'node:url';
import { type SpawnedService, spawnService } from '@cloud-gateway/test-support';

/** Those that every world has. */
export const serviceNames = ['edge', 'credentials', 'cloud-adapter', 'poller'] as const;
export type ServiceName = (typeof serviceNames)[number] | 'subscriptions';

export interface ServiceProcess extends SpawnedService {
  readonly service: ServiceName;
  /** Of an edge. */
  readonly url: string | undefined;
  /** Status of /readyz. */
  readiness(): Promise<number>;
  /** Sum of all series of a metric; 0 when there is none. */
  metric(name: string): Promise<number>;
  signal(signal: NodeJS.Signals): void;
  isRunning(): boolean;
}

let processCount = 0;

/** Returns when it serves. */
export async function startServiceProcess(
  service: ServiceName,
  env: Record<string, string>,
): Promise<ServiceProcess> {
  processCount += 1;
  const spawned = await spawnService({
    name: `${service}-${processCount}`,
    entry: fileURLToPath(new URL(`../../../../services/${service}/dist/src/main.js`, import.meta.url)),
    env: { GATEWAY_ADMIN_PORT: '0', GATEWAY_EDGE_PORT: '0', ...env },
    ready: { logLine: (line) => line.includes('"message":"started"') },
    readyTimeoutMs: 60_000,
  });
  let running = true;
  void spawned.exited.then(() => {
    running = false;
  });
  const adminUrl = urlIn(spawned.lines, 'the admin door is open');
  const ask = (path: string) => fetch(`${adminUrl}${path}`, { signal: AbortSignal.timeout(10_000) });
  return {
    ...spawned,
    service,
    url: service === 'edge' ? urlIn(spawned.lines, 'the edge is listening') : undefined,
    async readiness() {
      const response = await ask('/readyz');
      await response.text();
      return response.status;
    },
    async metric(name) {
      const page = await (await ask('/metrics')).text();
      const values = page
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`))
        .map((line) => Number(line.slice(line.lastIndexOf(' '))));
      return values.reduce((sum, value) => sum + value, 0);
    },
    signal: (signal) => void process.kill(spawned.pid, signal),
    isRunning: () => running,
  };
}

function urlIn(lines: readonly string[], message: string): string {
  const line = lines.find((text) => text.includes(`"message":"${message}"`));
  if (line === undefined) throw new Error(`The service has not logged "${message}"`);
  return (JSON.parse(line) as { url: string }).url;
}
