// The door at which RabbitMQ asks (rabbitmq_auth_backend_http): POST /broker/user, /vhost, /resource, /topic; answered
// `allow` or `deny` as text. Every process of this service can answer, so one that finds the port taken by another on
// the same machine waits for it to become free.
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import { type AnswerDeps, answerBroker } from './answer-broker.ts';

export interface AuthListenerOptions extends AnswerDeps {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly log: Logger;
  /** How often a taken port is tried again. Default 1 s. */
  readonly retryMs?: number;
}

export interface AuthListener {
  /** Undefined while another process has it. */
  port(): number | undefined;
  stop(): Promise<void>;
}

const bodyBytesMax = 16 * 1024;

/** Rejects when the address cannot be listened on for another reason than that the port is taken. */
export async function startAuthListener(options: AuthListenerOptions): Promise<AuthListener> {
  const { host, port, log, retryMs = 1_000 } = options;
  const server = createServer(options);
  const stopping = new AbortController();
  let waiting: Promise<void> | undefined;
  if (await listen(server, { host, port })) log.info('the broker can ask who may log in', addressOf(server));
  else {
    log.warn('another process has the port on which the broker asks; this one waits for it', { host, port });
    waiting = listenLater().catch((err: unknown) =>
      log.error('the broker cannot ask here', { host, port, err }),
    );
  }

  async function listenLater(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(retryMs, stopping.signal).catch(() => undefined);
      if (stopping.signal.aborted) return;
      if (!(await listen(server, { host, port }))) continue;
      log.info('the broker can ask who may log in', addressOf(server));
      return;
    }
  }

  return {
    port: () => (server.listening ? (server.address() as AddressInfo).port : undefined),
    async stop() {
      stopping.abort();
      await waiting;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // The broker keeps its connections; what it asks at this moment is answered first.
      const deadline = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(deadline);
    },
  };
}

function createServer(options: AuthListenerOptions): Server {
  const limits = { maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 5_000 };
  const server = options.tls ? createHttpsServer({ ...limits, ...options.tls }) : createHttpServer(limits);
  // Longer than the 120 s after which the broker gives an idle connection up, so that it never asks on a closed one.
  server.keepAliveTimeout = 130_000;
  server.on('request', (request, response) => {
    respond(options, request, response).catch((err: unknown) => {
      options.log.error('the broker could not be answered', { err });
      response.destroy();
    });
  });
  return server;
}

async function respond(deps: AnswerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url: path } = request;
  const body = await readForm(request);
  const { status, text } =
    body === undefined
      ? { status: 413, text: 'too large' }
      : await answerBroker(deps, { method, path, body });
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end(text);
}

/** Undefined when it is too large or was not sent to its end. */
async function readForm(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > bodyBytesMax) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined; // Nobody is there any more to read the answer.
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** False when the port is taken. */
function listen(server: Server, address: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    const onError = (err: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (err.code === 'EADDRINUSE') resolve(false);
      else reject(err);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(address);
  });
}

function addressOf(server: Server): { host: string; port: number } {
  const { address: host, port } = server.address() as AddressInfo;
  return { host, port };
}
