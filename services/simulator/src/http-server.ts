// Bytes in, bytes out: reads a request within its limits, hands it on, writes the answer with the Date that the
// simulator wants to show. Whatever comes, the server stays up.
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@cloud-gateway/clock';

export interface HttpRequest {
  readonly method: string;
  /** As it was sent. */
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export type HttpAnswer =
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    };

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certPem: string; readonly keyPem: string } | undefined;
  readonly bodyBytesMax: number;
  /** Tells what the Date header says. */
  readonly wireClock: Clock;
  /** Rejects only when it was interrupted by the stop; the connection is then reset. */
  handle(request: HttpRequest): Promise<HttpAnswer>;
  /** The body was larger than bodyBytesMax. */
  refuseLargeBody(request: Omit<HttpRequest, 'body'>): HttpAnswer;
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
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
};

export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const { host, tls } = options;
  const listener = (req: IncomingMessage, res: ServerResponse) => void serve(req, res, options);
  const server: Server = tls
    ? createHttpsServer({ ...limits, cert: tls.certPem, key: tls.keyPem }, listener)
    : createHttpServer(limits, listener);
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

async function serve(req: IncomingMessage, res: ServerResponse, options: HttpServerOptions): Promise<void> {
  const head = { method: req.method ?? '', target: req.url ?? '', rawHeaders: req.rawHeaders };
  // An aborted response is the caller's business; without a listener it would end the process.
  res.on('error', () => undefined);
  try {
    const body = await readBody(req, options.bodyBytesMax);
    if (body === 'aborted') return;
    const answer =
      body === 'too-large' ? options.refuseLargeBody(head) : await options.handle({ ...head, body });
    // What is left of a body that is too large is not read: the connection cannot be used again.
    write(answer, { req, res, close: body === 'too-large', wireClock: options.wireClock });
  } catch {
    req.socket.destroy();
  }
}

function readBody(req: IncomingMessage, bytesMax: number): Promise<Buffer | 'too-large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else resolve('too-large');
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', () => resolve('aborted'));
    req.on('close', () => resolve('aborted'));
  });
}

interface Writing {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly close: boolean;
  readonly wireClock: Clock;
}

function write(answer: HttpAnswer, { req, res, close, wireClock }: Writing): void {
  if (answer.kind === 'reset') {
    resetConnection(req);
    return;
  }
  res.sendDate = false;
  res.writeHead(answer.status, {
    date: new Date(wireClock.nowMs()).toUTCString(),
    server: 'AmazonEC2',
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
    ...(close && { connection: 'close' }),
  });
  res.end(answer.body);
}

/** With RST where it can be done, so that the caller sees ECONNRESET; over TLS the socket is only cut. */
function resetConnection({ socket }: IncomingMessage): void {
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}
