// One connection of a client: TCP, CONNECT where there is a proxy, TLS with a checked certificate.
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';

export interface LoadTarget {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Which port of the host to CONNECT to; undefined: no CONNECT, TLS at once. */
  readonly connectPort: number | undefined;
  /** PEM: what the client trusts. */
  readonly authority: string;
}

export interface ConnectionOptions {
  readonly target: LoadTarget;
  readonly host: string;
  /** From `target.authority`; making one for each connection would cost more than the connection. */
  readonly secureContext: SecureContext;
  /** Of an earlier connection, to resume. */
  readonly session?: Buffer | undefined;
  /** Gets every ticket that the other side gives. */
  readonly onSession?: (session: Buffer) => void;
}

/** Rejects when it is not open, and trusted, in 10 s. */
export async function openConnection(options: ConnectionOptions): Promise<TLSSocket> {
  const { target, host, secureContext, session, onSession } = options;
  const signal = AbortSignal.timeout(openTimeoutMs);
  const tcp = connectTcp({ host: '127.0.0.1', port: target.port, noDelay: true });
  try {
    await once(tcp, 'connect', { signal });
    if (target.connectPort !== undefined) await askForTunnel(tcp, `${host}:${target.connectPort}`, signal);
    const tls = connectTls({
      socket: tcp,
      servername: host,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      ...(session && { session }),
    });
    if (onSession) tls.on('session', onSession);
    await once(tls, 'secureConnect', { signal });
    return tls;
  } catch (err) {
    tcp.destroy();
    throw err;
  }
}

const openTimeoutMs = 10_000;

async function askForTunnel(tcp: Socket, authority: string, signal: AbortSignal): Promise<void> {
  tcp.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  let answer = '';
  while (!answer.includes('\r\n\r\n')) {
    const [bytes] = (await once(tcp, 'data', { signal })) as [Buffer];
    tcp.pause();
    answer += bytes.toString('latin1');
    if (!answer.includes('\r\n\r\n')) tcp.resume();
  }
  if (!/^HTTP\/1\.[01] 200 /.test(answer)) throw new Error(`CONNECT was answered ${answer.split('\r\n')[0]}`);
}
