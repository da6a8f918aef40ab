// The other side: a server that takes webhooks, and misbehaves as it is told to.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface ReceivedPost {
  readonly id: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The payload's `account`. */
  readonly account: string;
  readonly atMs: number;
}

export type Answer = (
  post: ReceivedPost,
  response: http.ServerResponse,
  socket: Socket,
) => void | Promise<void>;

export interface Receiver {
  readonly url: string;
  readonly port: number;
  /** In the order of arrival. */
  readonly posts: ReceivedPost[];
  /** The most that were under way at once, for each account and of all together. */
  readonly mostAtOnce: { account: number; all: number };
  /** Those answered with 2xx. */
  readonly taken: () => string[];
  answer: Answer;
  close(): Promise<void>;
}

export function takeIt(_post: ReceivedPost, response: http.ServerResponse): void {
  response.writeHead(204).end();
}

export async function startReceiver(tls?: { key: string; cert: string }): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const taken: string[] = [];
  const underWay = new Map<string, number>();
  const mostAtOnce = { account: 0, all: 0 };

  const server = tls ? https.createServer(tls, listen) : http.createServer(listen);
  function listen(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const post = toPost(request, Buffer.concat(chunks).toString());
      posts.push(post);
      count(post.account, 1);
      response.on('close', () => {
        count(post.account, -1);
        if (response.writableFinished && response.statusCode < 300) taken.push(post.id);
      });
      Promise.resolve(receiver.answer(post, response, request.socket)).catch(() => response.destroy());
    });
  }
  function count(account: string, by: number): void {
    underWay.set(account, (underWay.get(account) ?? 0) + by);
    mostAtOnce.account = Math.max(mostAtOnce.account, underWay.get(account) ?? 0);
    mostAtOnce.all = Math.max(
      mostAtOnce.all,
      [...underWay.values()].reduce((sum, each) => sum + each, 0),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/hook`,
    port,
    posts,
    mostAtOnce,
    taken: () => taken,
    answer: takeIt,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

function toPost(request: http.IncomingMessage, body: string): ReceivedPost {
  return {
    id: String(request.headers['webhook-id']),
    path: request.url ?? '',
    headers: request.headers,
    body,
    account: accountOf(body),
    atMs: performance.now(),
  };
}

function accountOf(body: string): string {
  try {
    return String(JSON.parse(body).account);
  } catch {
    return '';
  }
}
