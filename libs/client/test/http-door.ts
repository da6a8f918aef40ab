// HTTP in front of a requester: what the edge does, without its care.
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { isGatewayError, type ReplyEnvelope, toProblem } from '@cloud-gateway/contracts';
import type { Requester } from '@cloud-gateway/messaging';

export async function startHttpDoor(requester: Requester): Promise<{ url: string; stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    answer(requester, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(requester: Requester, request: http.IncomingMessage): Promise<ReplyEnvelope> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://gateway');
  const body = Buffer.concat(await request.toArray()).toString();
  const envelope = {
    version: 1 as const,
    method: request.method ?? 'GET',
    path: pathname,
    query: search.slice(1),
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    body,
    bodyEncoding: 'utf8' as const,
    deadlineAt: Date.now() + 30_000,
  };
  try {
    return await requester.send(envelope, randomUUID()).reply;
  } catch (err) {
    if (!isGatewayError(err)) throw err;
    const problem = toProblem(err);
    const headers = { 'content-type': 'application/problem+json' };
    return {
      version: 1,
      status: problem.status,
      headers,
      body: JSON.stringify(problem),
      bodyEncoding: 'utf8',
    };
  }
}
