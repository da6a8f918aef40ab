// Connections that stay open, each with one request under way.
import type { AccessKey } from '../calls/access-key.ts';
import { databaseHost } from '../calls/hosts.ts';
import { createItemRequests } from './create-item-requests.ts';
import { createItemClient, type ItemClient, secureContextOf } from './item-client.ts';
import { type LoadTarget, openConnection } from './open-connection.ts';
import { percentile } from './percentile.ts';

export interface RequestsLoad {
  readonly target: LoadTarget;
  readonly key: AccessKey;
  readonly connections: number;
}

export interface RequestsResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Opened apart from run: what opening costs the proxy is another figure. */
export interface RequestsSession {
  /** Rejects on the first wrong answer. */
  run(seconds: number): Promise<RequestsResult>;
  close(): void;
}

/** Resolves when every connection is open and has been answered once. */
export async function openRequests({ target, key, connections }: RequestsLoad): Promise<RequestsSession> {
  const nextRequest = createItemRequests(key);
  const clients: ItemClient[] = [];
  const close = () => {
    for (const client of clients) client.close();
  };
  try {
    const secureContext = secureContextOf(target.authority);
    for (let at = 0; at < connections; at++) {
      const client = createItemClient(await openConnection({ target, host: databaseHost, secureContext }));
      clients.push(client);
      await callRightly(client, nextRequest());
    }
  } catch (err) {
    close();
    throw err;
  }
  return { run: (seconds) => runRequests(clients, nextRequest, seconds), close };
}

async function runRequests(
  clients: readonly ItemClient[],
  nextRequest: () => Buffer,
  seconds: number,
): Promise<RequestsResult> {
  const latencies: number[] = [];
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + seconds * 1_000;
  await Promise.all(
    clients.map(async (client) => {
      for (let nowMs = performance.now(); nowMs < endsAtMs; ) {
        await callRightly(client, nextRequest());
        const endedAtMs = performance.now();
        latencies.push(endedAtMs - nowMs);
        nowMs = endedAtMs;
      }
    }),
  );
  const elapsedMs = performance.now() - startedAtMs;
  return {
    requests: latencies.length,
    requestsPerSecond: (latencies.length / elapsedMs) * 1_000,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
  };
}

async function callRightly(client: ItemClient, request: Buffer): Promise<void> {
  const { isRight, status } = await client.call(request);
  if (!isRight) throw new Error(`a request was not answered rightly: status ${status}`);
}
