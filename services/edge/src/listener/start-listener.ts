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
import { ConfigurationError, type Logger, withDeadline } from '@cloud-gateway/runtime';
import { answerClientError } from './answer-client-error.ts';
import { isDeclaredTooLarge } from './read-body.ts';
import type { TlsFiles } from './read-tls-files.ts';

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
  /** Serves HTTPS when given. */
  readonly tls?: TlsFiles | undefined;
}

export interface Listener {
  readonly url: string;
  /** Takes no more connections; resolves when the answers under way are given, or their time is over. */
  stop(): Promise<void>;
}

/** Rejects with ConfigurationError when it cannot listen there. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const server = createServerFor(options);
  const connections = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  let onIdle: (() => void) | undefined;

  function handleRequest(req: IncomingMessage, res: ServerResponse): void {
    if (onIdle) res.shouldKeepAlive = false;
    underWay.add(res);
    res.once('close', () => {
      underWay.delete(res);
      if (underWay.size === 0) onIdle?.();
    });
    options.handleRequest(req, res);
  }

  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', handleRequest);
  server.on('checkExpectation', handleRequest); // RFC 9110 10.1.1: other expectations may be ignored.
  server.on('checkContinue', (req, res) => {
    if (!isDeclaredTooLarge(req, options.bodyLimitBytes)) res.writeContinue();
    handleRequest(req, res);
  });
  server.on('clientError', (err, socket) => refuseConnection(options.log, err, socket as Socket));
  // Meant for the gateway's other door. Without a listener Node closes the connection and says nothing.
  server.on('connect', (_req, socket) => {
    const err = Object.assign(new Error('CONNECT is for a proxy'), { code: 'HPE_CONNECT' });
    refuseConnection(options.log, err, socket as Socket);
  });

  const port = await listen(server, options);

  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    // An answer that leaves its connection open would hold up the stop until the caller closes it.
    for (const res of underWay) res.shouldKeepAlive = false;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
      if (underWay.size === 0) resolve();
    });
    const drainMs = Math.min(options.requestTimeoutMs, drainMaxMs);
    await withDeadline(idle, drainMs, () => new Error('late')).catch(() => undefined);
    // Those that never asked anything, or began to and did not go on.
    for (const socket of connections) socket.destroy();
    await closed;
  }

  return { url: urlOf(options, port), stop };
}

/** Less than the 25 s in which the whole process has to be stopped. */
const drainMaxMs = 20_000;

function createServerFor({ tls, requestTimeoutMs, headerLimitBytes }: ListenerOptions): Server {
  const limits = {
    maxHeaderSize: headerLimitBytes,
    // Without these a caller who sends a byte a minute holds a connection for ever.
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Often enough that who is late is told so before `timeout` below cuts him off.
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 4),
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

function listen(server: Server, { host, port, portSetting, log }: ListenerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (err) => {
      const message = `cannot listen on port ${port} of ${host}: ${err.message}`;
      reject(new ConfigurationError([{ name: portSetting, message }]));
    });
    server.listen({ host, port }, () => {
      // Such as no file descriptor left for one more connection: those that are there go on.
      server.on('error', (err) => log.error('the listener failed', { err }));
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function urlOf({ tls, host }: ListenerOptions, port: number): string {
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function refuseConnection(log: Logger, err: Error & { code?: string }, socket: Socket): void {
  const peer = socket.remoteAddress;
  const status = answerClientError(err, socket);
  log[status === undefined ? 'debug' : 'info']('connection refused', { status, reason: err.code, peer });
}
