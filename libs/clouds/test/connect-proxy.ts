// An HTTP proxy for tests: CONNECT only, with basic authentication when told so.
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ConnectProxy {
  readonly port: number;
  /** What was asked for, in order: `host:port`. */
  readonly asked: string[];
  /** Answered instead of a tunnel. */
  status: number | undefined;
  close(): Promise<void>;
}

/** Every tunnel leads to `toPort` of this machine when it is given, whatever host is asked for. */
export async function startConnectProxy(
  options: { readonly userAndPassword?: string; readonly toPort?: number } = {},
): Promise<ConnectProxy> {
  const { userAndPassword, toPort } = options;
  const wanted =
    userAndPassword === undefined ? undefined : `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const proxy: ConnectProxy = {
    port: (server.address() as AddressInfo).port,
    asked: [],
    status: undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  server.on('connect', (request, client: Socket) => {
    client.on('error', () => {});
    proxy.asked.push(request.url ?? '');
    const isLetIn = wanted === undefined || request.headers['proxy-authorization'] === wanted;
    const status = isLetIn ? proxy.status : 407;
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const upstream = connect(toPort ?? Number(port), toPort === undefined ? host : '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return proxy;
}
