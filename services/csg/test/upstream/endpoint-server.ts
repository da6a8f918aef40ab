// An endpoint of a cloud for tests: it answers every request with "ok", and a test sees and breaks its connections.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { systemClock } from '@cloud-gateway/clock';
import { createLeafMinter } from '../../src/certificates/create-leaf-minter.ts';
import { createTestRoot } from '../certificates/test-root.ts';

const root = createTestRoot(systemClock);
const minter = createLeafMinter({ root, clock: systemClock });

/** PEM of the authority that has signed the certificates of every endpoint server. */
export const testAuthority = root.certificatePem;

export interface EndpointServer {
  readonly port: number;
  /** Those that are open, in the order in which they came. */
  readonly sockets: Set<Socket>;
  /** How many connections there ever were. */
  readonly connections: number;
  /** Of each TLS connection: the server name, the protocol agreed on, and whether it was resumed. */
  readonly handshakes: { serverName: string; alpn: string; isResumed: boolean }[];
  close(): Promise<void>;
}

/** With names it speaks TLS with a certificate for them. */
export async function startEndpointServer({
  names,
  tls = {},
}: {
  readonly names?: readonly [string, ...string[]];
  readonly tls?: TlsOptions;
} = {}): Promise<EndpointServer> {
  const sockets = new Set<Socket>();
  const handshakes: EndpointServer['handshakes'] = [];
  let connections = 0;
  const server: Server =
    names === undefined
      ? createServer(serve)
      : createTlsServer(
          {
            cert: minter.mint(names).certificatePem,
            key: minter.keyPem,
            ALPNProtocols: ['http/1.1'],
            ...tls,
          },
          (socket) => {
            handshakes.push({
              serverName: String((socket as TLSSocket & { servername: unknown }).servername),
              alpn: String(socket.alpnProtocol),
              isResumed: socket.isSessionReused(),
            });
            serve(socket);
          },
        );
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function serve(socket: Socket): void {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', () => socket.write('ok'));
  }

  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    handshakes,
    get connections() {
      return connections;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a request and gives the answer. */
export function ask(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new Error('closed without an answer'));
    socket.once('close', onClose);
    socket.once('data', (chunk: Buffer) => {
      socket.off('close', onClose);
      resolve(chunk.toString());
    });
    socket.write('request');
  });
}
