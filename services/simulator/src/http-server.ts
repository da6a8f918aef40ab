// Bytes in, bytes out: hands a request on with its body still to come, and writes the answer with the Date that the
// simulator wants to show. Whatever comes, the server stays up.
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '@cloud-gateway/clock';
import type { Reply } from './protocols/reply.ts';

export interface HttpRequest {
  readonly method: string;
  /** As it was sent. */
  readonly target: string;
  readonly rawHeaders: readonly string[];
  /**
   * The body, once, piece by piece. Who sent `Expect: 100-continue` is told to go on only when somebody asks for the
   * first piece. Rejects when the caller hangs up in the middle.
   */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * reset         the connection is reset
 * hang          nothing is sent, for as long as the caller waits
 * half-answer   the head and half of the body are sent, and then the connection is reset
 */
export type HttpAnswer =
  | { readonly kind: 'reset' | 'hang' }
  | ({ readonly kind: 'answer' | 'half-answer' } & Reply);

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certPem: string; readonly keyPem: string } | undefined;
  /** Tells what the Date header says where the answer has none of its own. */
  readonly wireClock: Clock;
  /** Rejects only when it was interrupted by the stop; the connection is then reset. */
  handle(request: HttpRequest): Promise<HttpAnswer>;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

const limits = {
  maxHeaderSize: 65_536,
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
};

/** What is read of a body that nobody wanted, so that its connection can be used again. */
const drainedBytesMax = 1_048_576;

export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const { host, tls } = options;
  const server: Server = tls
    ? createHttpsServer({ ...limits, cert: tls.certPem, key: tls.keyPem })
    : createHttpServer(limits);
  server.on('request', (req, res) => void serve({ req, res, waits: false }, options));
  server.on('checkContinue', (req, res) => void serve({ req, res, waits: true }, options));
  server.on('clientError', (_err, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The caller waits for a 100 before it sends the body; set to false once it has it. */
  waits: boolean;
}

async function serve(exchange: Exchange, options: HttpServerOptions): Promise<void> {
  const { req, res } = exchange;
  // An aborted exchange is the caller's business; without listeners it would end the process.
  res.on('error', () => undefined);
  req.on('error', () => undefined);
  try {
    const answer = await options.handle({
      method: req.method ?? '',
      target: req.url ?? '',
      rawHeaders: req.rawHeaders,
      body: bodyOf(exchange),
    });
    if (answer.kind === 'hang') return;
    if (answer.kind === 'answer') await write(answer, exchange, options.wireClock);
    if (answer.kind === 'half-answer') await writeHalf(answer, exchange, options.wireClock);
    if (answer.kind !== 'answer') resetConnection(req);
  } catch {
    req.socket.destroy();
  }
}

async function* bodyOf(exchange: Exchange): AsyncGenerator<Buffer> {
  const { req, res } = exchange;
  if (exchange.waits) {
    exchange.waits = false;
    res.writeContinue();
  }
  if (req.readableEnded) return;
  yield* piecesOf(req);
}

/** Reading may stop early without the connection being torn down under the answer. */
function piecesOf(req: IncomingMessage): AsyncIterableIterator<Buffer> {
  return req.iterator({ destroyOnReturn: false });
}

async function write(answer: Reply, exchange: Exchange, wireClock: Clock): Promise<void> {
  const { req, res } = exchange;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  await writeHead(answer, body.length, exchange, wireClock);
  if (!('pieces' in body)) res.end(body);
  else if (req.method === 'HEAD') res.end();
  else await pipeline(Readable.from(body.pieces(), { objectMode: false }), res);
}

/** Resolves when the half has left; of a long body none is sent but the head. */
async function writeHalf(answer: Reply, exchange: Exchange, wireClock: Clock): Promise<void> {
  const { res } = exchange;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  await writeHead(answer, body.length, exchange, wireClock);
  const half = 'pieces' in body ? Buffer.alloc(0) : body.subarray(0, body.length >> 1);
  res.flushHeaders();
  await new Promise((resolve) => res.write(half, resolve));
}

async function writeHead(
  { status, contentType, headers }: Reply,
  length: number,
  exchange: Exchange,
  wireClock: Clock,
): Promise<void> {
  const { req, res } = exchange;
  const reusable = !exchange.waits && (await drain(req));
  res.sendDate = false;
  res.writeHead(status, {
    date: new Date(wireClock.nowMs()).toUTCString(),
    server: 'AmazonEC2',
    ...(contentType !== undefined && { 'content-type': contentType }),
    'content-length': length,
    ...headers,
    ...(!reusable && { connection: 'close' }),
  });
}

/** Says whether nothing of the request is left on the connection. */
async function drain(req: IncomingMessage): Promise<boolean> {
  if (req.readableEnded) return true;
  let bytes = 0;
  for await (const piece of piecesOf(req)) {
    bytes += piece.length;
    if (bytes > drainedBytesMax) return false;
  }
  return true;
}

/** With RST where it can be done, so that the caller sees ECONNRESET; over TLS the socket is only cut. */
function resetConnection({ socket }: IncomingMessage): void {
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}
