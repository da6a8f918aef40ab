// From the client's first TLS bytes to the end of the handshake, on the socket that is there: a second server, on the
// loopback, would cost twice as much.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Logger } from '@cloud-gateway/runtime';
import type { ContextCache } from '../certificates/create-context-cache.ts';
import { endWith } from './end-with.ts';
import { type HelloVerdict, judgeClientHello, type TlsTarget } from './judge-client-hello.ts';
import { readAhead } from './read-ahead.ts';
import { type ClientHello, readClientHello } from './read-client-hello.ts';
import { tlsAlert } from './tls-alert.ts';

export interface BeginTlsOptions {
  readonly contexts: Pick<ContextCache, 'contextFor'>;
  readonly log: Logger;
  readonly clientAddress: string;
  readonly target: TlsTarget;
  /** Called at the end of the handshake, with the server name. */
  readonly onSecure: (socket: TLSSocket, host: string) => void;
}

/** Does its part until the handshake has begun; the caller sets the deadline. Closes the socket when it is refused. */
export async function beginTls(socket: Socket, options: BeginTlsOptions): Promise<void> {
  const hello = await readAhead(socket, (bytes) => {
    const found = readClientHello(bytes);
    return found && { found, usedBytes: 0 };
  });
  if (!hello) return;
  const verdict = judgeClientHello(hello, options.target);
  if (verdict.ok) shakeHands(socket, verdict, options);
  else refuse(socket, hello, verdict, options);
}

// Wanted by people who look for a client's mistake, in the words of the original product.
function refuse(
  socket: Socket,
  hello: ClientHello,
  { alert, reason }: HelloVerdict & { ok: false },
  { log, target, clientAddress }: BeginTlsOptions,
): void {
  endWith(socket, tlsAlert(alert));
  const fields = { clientAddress, ...(target.mode === 'proxy' && { connectHost: target.host }) };
  if (reason === 'malformed') {
    log.debug('no TLS where it was expected', {
      ...fields,
      reason: hello.kind === 'malformed' && hello.reason,
    });
    return;
  }
  const { host, port } =
    target.mode === 'proxy' ? target : { host: socket.localAddress, port: socket.localPort };
  const serverName = hello.kind === 'hello' ? hello.serverName : undefined;
  log.warn(`Cannot establish TLS with ${host}:${port} (sni: ${serverName ?? 'None'})`, fields);
}

function shakeHands(
  socket: Socket,
  { host, certificateNames }: HelloVerdict & { ok: true },
  { contexts, log, clientAddress, onSecure }: BeginTlsOptions,
): void {
  const tlsSocket = new TLSSocket(socket, {
    isServer: true,
    secureContext: contexts.contextFor(certificateNames),
    ALPNProtocols: ['http/1.1'],
  });
  let isSecure = false;
  // A client that does not trust the root says so here, which is worth a line; one that goes away is not.
  tlsSocket.on('error', (err: Error & { code?: string }) => {
    const level = !isSecure && err.code?.startsWith('ERR_SSL_') ? 'info' : 'debug';
    log[level]('TLS failed', { clientAddress, host, isSecure, reason: err.code });
  });
  // Node tells nobody else of bad records after the handshake, unless the socket comes from its own tls.Server: without
  // this, such a connection would stay open for ever.
  tlsSocket.on('_tlsError', () => {
    if (isSecure) tlsSocket.destroy();
  });
  tlsSocket.once('secure', () => {
    isSecure = true;
    onSecure(tlsSocket, host);
  });
}
