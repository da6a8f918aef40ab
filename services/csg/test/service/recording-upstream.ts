// The cloud as a test plays it: a TCP server that keeps every byte that arrives, finds the requests in it with a reader of
// its own, and answers each complete one as the test says.
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  /** In lower case, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty when bodies are not kept. */
  readonly body: Buffer;
  readonly bodyBytes: number;
  readonly bodySha256: string;
  /** Which of the connections it came by. */
  readonly connection: UpstreamPeer;
}

/** One connection of the proxy. */
interface UpstreamPeer {
  readonly socket: Socket;
  /** Bytes so far. */
  received: number;
  /** Everything that came, unless bodies are not kept. */
  readonly pieces: Buffer[];
  /** Requests whose head has come. */
  heads: number;
  /** Complete requests. */
  requests: number;
  /** How the proxy closed it: orderly, or by a reset. */
  closedBy: 'end' | 'reset' | undefined;
}

export type Reply = (request: ReceivedRequest, socket: Socket) => void;

export interface RecordingUpstream {
  readonly port: number;
  /** For GATEWAY_CSG_UPSTREAM_ENDPOINTS. */
  readonly url: string;
  readonly peers: readonly UpstreamPeer[];
  /** Complete ones. */
  readonly requests: readonly ReceivedRequest[];
  /** Heads of requests, complete or not. */
  readonly heads: number;
  /** What is answered to a complete request. Default: 200 and a little JSON. */
  reply: Reply;
  /** Called when a head has come, before its body. */
  onHead: ((head: string, peer: UpstreamPeer) => void) | undefined;
  forget(): void;
  stop(): Promise<void>;
}

export interface RecordingUpstreamOptions {
  /** False: bodies are counted and hashed only. Default: true. */
  readonly keepsBodies?: boolean;
}

export function answerOk(_request: ReceivedRequest, socket: Socket): void {
  socket.write(okText);
}

const okBody = '{"ok":true}';
const okText =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: cloud-1\r\n' +
  `Content-Length: ${okBody.length}\r\n\r\n${okBody}`;

export async function startRecordingUpstream({
  keepsBodies = true,
}: RecordingUpstreamOptions = {}): Promise<RecordingUpstream> {
  const peers: UpstreamPeer[] = [];
  const requests: ReceivedRequest[] = [];
  let heads = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    const peer: UpstreamPeer = {
      socket,
      received: 0,
      pieces: [],
      heads: 0,
      requests: 0,
      closedBy: undefined,
    };
    peers.push(peer);
    const reader = createRequestReader({
      keepsBodies,
      onHead(head) {
        heads += 1;
        peer.heads += 1;
        upstream.onHead?.(head, peer);
      },
      onRequest(request) {
        peer.requests += 1;
        const received = { ...request, connection: peer };
        requests.push(received);
        upstream.reply(received, socket);
      },
    });
    socket.on('data', (bytes: Buffer) => {
      peer.received += bytes.length;
      if (keepsBodies) peer.pieces.push(bytes);
      reader.push(bytes);
    });
    socket.on('end', () => {
      peer.closedBy ??= 'end';
    });
    socket.on('error', () => {
      peer.closedBy ??= 'reset';
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upstream: RecordingUpstream = {
    port,
    url: `http://127.0.0.1:${port}`,
    peers,
    requests,
    get heads() {
      return heads;
    },
    reply: answerOk,
    onHead: undefined,
    forget() {
      requests.length = 0;
      heads = 0;
      for (let i = peers.length - 1; i >= 0; i -= 1) if (peers[i]?.socket.destroyed) peers.splice(i, 1);
      for (const peer of peers) peer.pieces.length = 0;
    },
    async stop() {
      server.close();
      for (const { socket } of peers) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
  return upstream;
}

interface ReaderOptions {
  readonly keepsBodies: boolean;
  readonly onHead: (head: string) => void;
  readonly onRequest: (request: Omit<ReceivedRequest, 'connection'>) => void;
}

interface Reading {
  readonly head: Omit<ReceivedRequest, 'body' | 'bodyBytes' | 'bodySha256' | 'connection'>;
  readonly hash: Hash;
  readonly body: Buffer[];
  bodyBytes: number;
  /** Bytes of the body, or of the chunk, that are still to come; undefined: a line with the size of a chunk is next. */
  left: number | undefined;
  readonly isChunked: boolean;
  isLastChunk: boolean;
}

function createRequestReader({ keepsBodies, onHead, onRequest }: ReaderOptions) {
  let waiting: Buffer = Buffer.alloc(0);
  let reading: Reading | undefined;

  function take(bytes: number): Buffer {
    const taken = waiting.subarray(0, bytes);
    waiting = waiting.subarray(bytes);
    return taken;
  }

  function takeLine(end: string): string | undefined {
    const at = waiting.indexOf(end);
    if (at < 0) return undefined;
    return take(at + end.length).toString('latin1', 0, at);
  }

  function begin(): boolean {
    const text = takeLine('\r\n\r\n');
    if (text === undefined) return false;
    const [line = '', ...fields] = text.split('\r\n');
    const [method = '', target = ''] = line.split(' ');
    const headers = fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    });
    const headerNamed = (name: string) => headers.find(([other]) => other === name)?.[1];
    const isChunked = headerNamed('transfer-encoding') === 'chunked';
    reading = {
      head: { method, target, headers },
      hash: createHash('sha256'),
      body: [],
      bodyBytes: 0,
      left: isChunked ? undefined : Number(headerNamed('content-length') ?? 0),
      isChunked,
      isLastChunk: false,
    };
    onHead(text);
    return true;
  }

  function readBody(now: Reading): boolean {
    if (now.left === undefined) {
      const line = takeLine('\r\n');
      if (line === undefined) return false;
      now.left = Number.parseInt(line, 16);
      now.isLastChunk = now.left === 0;
    }
    if (now.left > 0) {
      if (waiting.length === 0) return false;
      const piece = take(Math.min(now.left, waiting.length));
      now.left -= piece.length;
      now.bodyBytes += piece.length;
      now.hash.update(piece);
      if (keepsBodies) now.body.push(piece);
      return true;
    }
    if (now.isChunked) {
      if (takeLine('\r\n') === undefined) return false;
      if (!now.isLastChunk) {
        now.left = undefined;
        return true;
      }
    }
    reading = undefined;
    onRequest({
      ...now.head,
      body: Buffer.concat(now.body),
      bodyBytes: now.bodyBytes,
      bodySha256: now.hash.digest('hex'),
    });
    return true;
  }

  return {
    push(bytes: Buffer): void {
      waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
      while (reading ? readBody(reading) : begin());
    },
  };
}
