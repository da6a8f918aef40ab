import { randomBytes } from 'node:crypto';
import { connectBroker, createRequester } from '@cloud-gateway/messaging';
import { createStopStack, type ServiceDeps } from '@cloud-gateway/runtime';
import type { EdgeConfig } from './config.ts';
import { documentationPages } from './documentation/documentation-pages.ts';
import { createRequestHandler } from './listener/handle-request.ts';
import { readTlsFiles, type TlsFiles } from './listener/read-tls-files.ts';
import { type Listener, startListener } from './listener/start-listener.ts';
import { createRequestIds } from './request-ids.ts';

export interface Edge {
  readonly url: string;
  /** Undefined when no certificate was given. */
  readonly tlsUrl: string | undefined;
  stop(): Promise<void>;
}

/** Connects to the broker and listens. Rejects when a port is taken, a file cannot be read, or the broker is away. */
export async function start(config: EdgeConfig, { log, metrics, health }: ServiceDeps): Promise<Edge> {
  const requestTimeoutMs = config.GATEWAY_EDGE_REQUEST_TIMEOUT_MS;
  const bodyLimitBytes = config.GATEWAY_EDGE_BODY_LIMIT_BYTES;
  const stops = createStopStack({ timeoutMs: requestTimeoutMs + 5_000 });
  try {
    const tlsFiles = await readTlsFiles(config);
    const connection = await connectBroker({
      url: config.GATEWAY_AMQP_URL.reveal(),
      caFile: config.GATEWAY_AMQP_CA_FILE,
      name: 'edge',
      log,
    });
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
    const handleRequest = createRequestHandler({
      requester,
      requestIds: createRequestIds(randomBytes(9).toString('base64url')),
      pages: await documentationPages(),
      log,
      onFinished: ({ method, status, durationMs }) =>
        durations.observe({ method, status }, durationMs / 1_000),
      requestTimeoutMs,
      bodyLimitBytes,
      trustProxy: config.GATEWAY_EDGE_TRUST_PROXY,
    });

    const listeners: Listener[] = [];
    stops.add('listeners', async () => {
      await Promise.all(listeners.map((listener) => listener.stop()));
    });
    const listen = async (
      portSetting: 'GATEWAY_EDGE_PORT' | 'GATEWAY_EDGE_TLS_PORT',
      tls?: TlsFiles,
    ): Promise<Listener> => {
      const listener = await startListener({
        handleRequest,
        log,
        host: config.GATEWAY_EDGE_HOST,
        port: config[portSetting],
        portSetting,
        requestTimeoutMs,
        bodyLimitBytes,
        headerLimitBytes: config.GATEWAY_EDGE_HEADER_LIMIT_BYTES,
        tls,
      });
      listeners.push(listener);
      return listener;
    };
    const http = await listen('GATEWAY_EDGE_PORT');
    const https = tlsFiles && (await listen('GATEWAY_EDGE_TLS_PORT', tlsFiles));

    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    log.info('the edge is listening', { url: http.url, ...(https && { tlsUrl: https.url }) });
    return { url: http.url, tlsUrl: https?.url, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
