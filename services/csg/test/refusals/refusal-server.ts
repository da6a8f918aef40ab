import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import type { Refusal } from '../../src/refusals/refusal.ts';
import { refusalResponse } from '../../src/refusals/refusal-response.ts';

/** Answers every request with one refusal in the shape that is set, and counts the requests. */
export interface RefusalServer {
  readonly url: string;
  refusal: Refusal;
  protocol: ErrorProtocol;
  /** How far its clock is ahead of ours. */
  aheadMs: number;
  requests: number;
  close(): Promise<void>;
}

export const requestId = '6f3c0d4e-req';

export async function startRefusalServer(): Promise<RefusalServer> {
  const http = createServer((request, response) => {
    server.requests += 1;
    const { status, headers, body } = refusalResponse({
      refusal: server.refusal,
      protocol: server.protocol,
      isQueryMode: request.headers['x-amzn-query-mode'] === 'true',
      method: request.method ?? '',
      requestId,
      nowMs: Date.now() + server.aheadMs,
      closes: false,
    });
    request.resume().on('end', () => response.writeHead(status, headers.flat()).end(body));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: RefusalServer = {
    url: `http://127.0.0.1:${port}`,
    refusal: { kind: 'unsigned', message: '' },
    protocol: 's3',
    aheadMs: 0,
    requests: 0,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
