// The one port of the proxy door: CONNECT, plain requests for the root certificate, and TLS straight to the gateway. It
// counts, and closes what takes too long; what a connection says first is openConnection's concern.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ConfigurationError } from '@cloud-gateway/runtime';
import { type ConnectionLimits, createConnectionCounts } from './connection-counts.ts';
import { type OpenConnectionDeps, openConnection } from './open-connection.ts';
import { refuseExcess } from './refuse-excess.ts';

export interface FrontOptions extends Omit<OpenConnectionDeps, 'gatewayNames'>, ConnectionLimits {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Name of the setting that chose the port, for the error that says it is taken. */
  readonly portSetting?: string;
  /** Under which TLS clients may address the gateway itself. */
  readonly gatewayNames: readonly string[];
}

export interface Front {
  readonly port: number;
  /** Those handed on included. */
  readonly connections: number;
  /** Takes no more connections and closes those not handed on yet; resolves when the others have been closed as well. */
  close(): Promise<void>;
  /** Closes all that are left, whatever they are doing. */
  destroyConnections(): void;
}

/** Connections over a limit that are told so at one time; more of them are closed without a word. */
const excessMax = 64;

/** Rejects with ConfigurationError when it cannot listen there. */
export async function startFront(options: FrontOptions): Promise<Front> {
  const { log, clock } = options;
  const deps = { ...options, gatewayNames: new Set(options.gatewayNames.map((name) => name.toLowerCase())) };
  const counts = createConnectionCounts(options);
  const connections = new Set<Socket>();
  const opening = new Set<Socket>();
  let excess = 0;

  function onSocket(socket: Socket): void {
    const clientAddress = socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, '');
    // Said of every fault of the connection itself, such as a reset, which is the client's own affair; 'close' follows.
    socket.on('error', (err: Error & { code?: string }) =>
      log.debug('connection failed', { reason: err.code }),
    );
    // Gone between being accepted and being looked at.
    if (clientAddress === undefined) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    opening.add(socket);
    const isCounted = counts.open(clientAddress);
    if (!isCounted) excess += 1;
    socket.once('close', () => {
      connections.delete(socket);
      opening.delete(socket);
      if (isCounted) counts.close(clientAddress);
      else excess -= 1;
    });
    if (excess > excessMax) {
      socket.destroy();
      return;
    }
    const work = isCounted
      ? openConnection(socket, { clientAddress, onOpened: () => opening.delete(socket) }, deps)
      : refuseExcess(socket, clock);
    work.catch((err: unknown) => {
      log.error('a connection could not be opened', { err, clientAddress });
      socket.destroy();
    });
  }

  const server = createServer({ noDelay: true }, onSocket);
  await listen(server, options);

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return counts.total;
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of opening) socket.destroy();
      return closed;
    },
    destroyConnections: () => {
      for (const socket of connections) socket.destroy();
    },
  };
}

function listen(server: Server, { host, port, portSetting = '', log }: FrontOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (err) => {
      const message = `cannot listen on port ${port} of ${host}: ${err.message}`;
      reject(new ConfigurationError([{ name: portSetting, message }]));
    });
    server.listen({ host, port }, () => {
      // Such as no file descriptor left for one more connection: those that are there go on.
      server.on('error', (err) => log.error('the listener failed', { err }));
      resolve();
    });
  });
}
