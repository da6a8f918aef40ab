// An upstream proxy for tests. It answers what it is told to, and leads every tunnel to one port of this machine.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface UpstreamProxyServer {
  readonly port: number;
  /** The heads of what was asked. */
  readonly asked: string[];
  close(): Promise<void>;
}

const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Undefined as answer says nothing at all; an answer of several pieces is sent piece by piece. */
export async function startUpstreamProxyServer({
  toPort = 0,
  answer = () => [established],
}: {
  readonly toPort?: number;
  readonly answer?: (head: string) => readonly string[] | 'close' | undefined;
}): Promise<UpstreamProxyServer> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server = createServer((client) => {
    track(client);
    client.once('data', (chunk) => void tunnel(client, chunk.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function track(socket: Socket): void {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  }

  async function tunnel(client: Socket, head: string): Promise<void> {
    asked.push(head);
    const pieces = answer(head);
    if (pieces === 'close') client.end();
    if (pieces === undefined || pieces === 'close') return;
    for (const piece of pieces) await new Promise((resolve) => client.write(piece, 'latin1', resolve));
    if (toPort === 0) return;
    const upstream = connect(toPort, '127.0.0.1');
    track(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
