import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connectBroker, createRequester } from '@cloud-gateway/messaging';
import { createStopStack, type ServiceDeps } from '@cloud-gateway/runtime';
import type { FastifyInstance } from 'fastify';
import type { EdgeConfig } from './config.ts';
import { buildListener } from './listener/build-listener.ts';
import { createRequestIds } from './request-ids.ts';

export interface Edge {
  readonly url: string;
  /** Undefined when no certificate was given. */
  readonly tlsUrl: string | undefined;
  stop(): Promise<void>;
}

/** Connects to the broker and listens. Rejects when a port is taken, a file cannot be read, or the broker is away. */
export async function start(config: EdgeConfig, { log, metrics, health }: ServiceDeps): Promise<Edge> {
  const stops = createStopStack({ timeoutMs: config.GATEWAY_EDGE_REQUEST_TIMEOUT_MS + 5_000 });
  try {
    const connection = await connectBroker({ url: config.GATEWAY_AMQP_URL.reveal(), name: 'edge', log });
    stops.add('broker', () => connection.close());
    const requester = await createRequester({ connection, log, pendingMax: config.GATEWAY_EDGE_PENDING_MAX });
    stops.add('requester', () => requester.stop());

    const durations = metrics.histogram(
      'gateway_edge_request_seconds',
      'Time from request to answer at the edge.',
      ['method', 'status'],
    );
    metrics.gauge('gateway_edge_pending_requests', 'Requests that wait for an answer.', [], (gauge) =>
      gauge.set(requester.pendingCount()),
    );
    const shared = {
      requester,
      requestIds: createRequestIds(randomBytes(9).toString('base64url')),
      log,
      onFinished: ({ method, status, durationMs }: { method: string; status: number; durationMs: number }) =>
        durations.observe({ method, status }, durationMs / 1_000),
      requestTimeoutMs: config.GATEWAY_EDGE_REQUEST_TIMEOUT_MS,
      bodyLimitBytes: config.GATEWAY_EDGE_BODY_LIMIT_BYTES,
      headerLimitBytes: config.GATEWAY_EDGE_HEADER_LIMIT_BYTES,
      trustProxy: config.GATEWAY_EDGE_TRUST_PROXY,
    };
    const http = await buildListener(shared);
    stops.add('http listener', () => http.close());
    const url = await listen(http, 'http', config.GATEWAY_EDGE_HOST, config.GATEWAY_EDGE_PORT);

    const tls = await readTlsFiles(config);
    let tlsUrl: string | undefined;
    if (tls) {
      const https = await buildListener({ ...shared, tls });
      stops.add('https listener', () => https.close());
      tlsUrl = await listen(https, 'https', config.GATEWAY_EDGE_HOST, config.GATEWAY_EDGE_TLS_PORT);
    }

    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    log.info('the edge is listening', { url, ...(tlsUrl && { tlsUrl }) });
    return { url, tlsUrl, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

async function listen(
  app: FastifyInstance,
  scheme: 'http' | 'https',
  host: string,
  port: number,
): Promise<string> {
  await app.listen({ host, port });
  const { port: actual } = app.server.address() as AddressInfo;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

async function readTlsFiles(config: EdgeConfig): Promise<{ cert: string; key: string } | undefined> {
  const { GATEWAY_EDGE_TLS_CERT_FILE: certFile, GATEWAY_EDGE_TLS_KEY_FILE: keyFile } = config;
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile) {
    throw new Error('GATEWAY_EDGE_TLS_CERT_FILE and GATEWAY_EDGE_TLS_KEY_FILE go together; only one is set.');
  }
  return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
}
