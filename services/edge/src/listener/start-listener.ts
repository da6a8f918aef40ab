// An HTTP or HTTPS server with a limit on everything that a caller can make it keep or wait for.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigurationError, type Logger } from '@cloud-gateway/runtime';
import { answerClientError } from './answer-client-error.ts';
import { isDeclaredTooLarge } from './read-body.ts';

export interface ListenerOptions {
  readonly handleRequest: RequestListener;
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  /** Name of the setting that chose the port, for the error that says it is taken. */
  readonly portSetting: string;
  readonly requestTimeoutMs: number;
  readonly bodyLimitBytes: number;
  readonly headerLimitBytes: number;
  /** Serves HTTPS when given: PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

export interface Listener {
  readonly url: string;
  /** Takes no more connections; resolves when the answers under way are given, or their time is over. */
  stop(): Promise<void>;
}

/** Rejects with ConfigurationError when it cannot listen there. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const server = createServerFor(options);
  const underWay = new Set<ServerResponse>();
  let isStopping = false;

  function handleRequest(req: IncomingMessage, res: ServerResponse): void {
    res.shouldKeepAlive &&= !isStopping;
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    options.handleRequest(req, res);
  }

  server.on('request', handleRequest);
  server.on('checkExpectation', handleRequest); // RFC 9110 10.1.1: other expectations may be ignored.
  server.on('checkContinue', (req, res) => {
    if (!isDeclaredTooLarge(req, options.bodyLimitBytes)) res.writeContinue();
    handleRequest(req, res);
  });
  server.on('clientError', (err, socket) => refuseConnection(options.log, err, socket as Socket));
  // Meant for the gateway's other door. Without a listener Node closes the connection and says nothing.
  server.on('connect', (_req, socket) => {
    refuseConnection(
      options.log,
      Object.assign(new Error('CONNECT'), { code: 'HPE_CONNECT' }),
      socket as Socket,
    );
  });

  const port = await listen(server, options);
  return {
    url: `${options.tls ? 'https' : 'http'}://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    async stop() {
      isStopping = true;
      // An answer that leaves its connection open would hold up the stop until the caller closes it.
      for (const res of underWay) res.shouldKeepAlive = false;
      await close(server, Math.min(options.requestTimeoutMs, drainMaxMs));
    },
  };
}

/** Less than the 25 s in which the whole process has to be stopped. */
const drainMaxMs = 20_000;

function createServerFor({ tls, requestTimeoutMs, headerLimitBytes }: ListenerOptions): Server {
  const limits = {
    maxHeaderSize: headerLimitBytes,
    // Without these a caller who sends a byte a minute holds a connection for ever.
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
    keepAliveTimeout: 65_000, // Longer than the 60 s after which the usual load balancers close an idle connection.
    requireHostHeader: false, // Node would refuse it without a word; toEnvelope() gives a problem.
  };
  const server = tls
    ? createTlsServer({ ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: requestTimeoutMs })
    : createServer(limits);
  // Node drops fields after the 2000th without a word. Their size is limited already.
  server.maxHeadersCount = 0;
  // Nothing moves for this long: while a request waits that is its deadline's concern, so it is a caller who has stopped
  // reading his answer.
  server.timeout = 2 * requestTimeoutMs;
  return server;
}

function listen(server: Server, { host, port, portSetting }: ListenerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (err) => {
      reject(
        new ConfigurationError([
          { name: portSetting, message: `cannot listen on port ${port} of ${host}: ${err.message}` },
        ]),
      );
    });
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port));
  });
}

function refuseConnection(log: Logger, err: Error & { code?: string }, socket: Socket): void {
  const peer = socket.remoteAddress;
  const status = answerClientError(err, socket);
  log[status === undefined ? 'debug' : 'info']('connection refused', { status, reason: err.code, peer });
}

function close(server: Server, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
  return new Promise((resolve, reject) => {
    server.close((err) => {
      clearTimeout(timer);
      if (err) reject(err);
      else resolve();
    });
  });
}
