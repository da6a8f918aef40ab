// The proxy as it runs in production: a process of its own, or one with workers.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type SpawnedService, spawnService } from '@cloud-gateway/test-support';
import type { RecordingUpstream } from './recording-upstream.ts';
import type { Ground } from './start-proxy.ts';
import { TunnelClient, type TunnelOptions } from './tunnel-client.ts';

export interface SpawnedProxy extends SpawnedService {
  readonly port: number;
  readonly rootPem: string;
  connect(host: string, options?: Partial<TunnelOptions>): Promise<TunnelClient>;
}

export interface SpawnProxyOptions {
  readonly ground: Ground;
  readonly upstream: Pick<RecordingUpstream, 'url'>;
  readonly settings?: Readonly<Record<string, string>>;
}

let count = 0;

export async function spawnProxy({ ground, upstream, settings }: SpawnProxyOptions): Promise<SpawnedProxy> {
  count += 1;
  const env: Record<string, string> = { ...ground.settings(upstream), GATEWAY_ADMIN_PORT: '0', ...settings };
  const service = await spawnService({
    name: `csg-${count}`,
    entry: fileURLToPath(new URL('../../src/main.js', import.meta.url)),
    env,
    ready: { logLine: (line) => line.includes('"message":"the proxy listens"') },
    readyTimeoutMs: 60_000,
  });
  const line = service.lines.find((text) => text.includes('"message":"the proxy listens"')) ?? '{}';
  const { port } = JSON.parse(line) as { port: number };
  const rootPem = readFileSync(env['GATEWAY_CSG_ROOT_CERT_FILE'] ?? '', 'utf8');
  return {
    ...service,
    port,
    rootPem,
    connect: (host, options) => TunnelClient.open({ port, rootPem, host, ...options }),
  };
}
