// The proxy of a company network: it wants user and password, writes down where everybody goes, and whatever host is
// asked for, its tunnels end at one port of this machine.
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

export interface UpstreamProxy {
  readonly port: number;
  /** `host:port` of every tunnel that was opened. */
  readonly tunnels: readonly string[];
  /** How many asked without the right user and password, or for something else than a tunnel. */
  readonly turnedAway: number;
  stop(): Promise<void>;
}

export async function startUpstreamProxy({
  user,
  password,
  toPort,
}: {
  readonly user: string;
  readonly password: string;
  /** Asked for at each tunnel. */
  readonly toPort: () => number;
}): Promise<UpstreamProxy> {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  let turnedAway = 0;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  };
  const server = createServer((_request, response) => {
    turnedAway += 1;
    response.writeHead(405).end();
  });
  server.on('connection', track);
  server.on('connect', ({ url = '', headers }, client: Socket, early: Buffer) => {
    if (headers['proxy-authorization'] !== expected) {
      turnedAway += 1;
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="net"\r\n\r\n',
      );
      return;
    }
    tunnels.push(url);
    const cloud = connect(toPort(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      cloud.write(early);
      pipeline(client, cloud, client, () => undefined);
    });
    track(cloud);
    cloud.once('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    get turnedAway() {
      return turnedAway;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
