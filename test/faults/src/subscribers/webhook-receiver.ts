// The receiver of all webhooks: an HTTP server that refuses one post in twenty, by chance, and takes it the next time.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../property/random.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';

export interface WebhookReceiver {
  /** Where the webhook of this name is to post, and what has come there. */
  open(name: string): { readonly url: string; readonly arrivals: Arrivals };
  stop(): Promise<void>;
}

const refusedShare = 0.05;

export async function startWebhookReceiver(random: Random): Promise<WebhookReceiver> {
  const byPath = new Map<string, Arrivals>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((payload) => {
      const arrivals = byPath.get(request.url ?? '');
      const { 'webhook-id': id, 'ce-type': type } = request.headers;
      const isTaken = arrivals !== undefined && !random.chance(refusedShare);
      if (isTaken) arrivals.add(String(id), type === undefined ? undefined : String(type), payload);
      response.writeHead(isTaken ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open(name) {
      const arrivals = createArrivals();
      byPath.set(`/${name}`, arrivals);
      return { url: `http://127.0.0.1:${port}/${name}`, arrivals };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The poster was killed in the middle of it: it posts again.
  }
  return Buffer.concat(chunks);
}
