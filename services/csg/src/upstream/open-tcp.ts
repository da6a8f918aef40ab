import { connect, type Socket } from 'node:net';
import { awaitSocket } from './await-socket.ts';
import { UpstreamError } from './upstream-error.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

export interface StepOptions {
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** After this long without a byte the system asks the other side whether it is still there. */
const keepAliveInitialDelayMs = 30_000;

/** Connects; the name is resolved by the system. Rejects with UpstreamError. */
export async function openTcp(
  { host, port }: TcpAddress,
  { withinMs, signal, what }: StepOptions & { readonly what: 'the cloud' | 'the upstream proxy' },
): Promise<Socket> {
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveInitialDelayMs,
  });
  // Whatever becomes of it, an error that nobody waits for must not end the process.
  socket.on('error', () => {});
  const failure = `no connection to ${what} at ${host}:${port}`;
  const kind = what === 'the cloud' ? 'connect' : 'proxy';
  await awaitSocket(socket, {
    event: 'connect',
    withinMs,
    signal,
    failure,
    toError: (err) => new UpstreamError(kind, `${failure}: ${reasonOf(err)}`, { cause: err }),
  });
  return socket;
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOTFOUND':
      return 'the name has no address (ENOTFOUND)';
    case 'EAI_AGAIN':
      return 'the name server does not answer (EAI_AGAIN)';
    default:
      return code ?? message;
  }
}
