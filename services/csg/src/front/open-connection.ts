// What becomes of one connection, from its first byte until it is TLS or refused. Nothing here looks up a name or connects
// to anything.
import type { Socket } from 'node:net';
import type { Clock } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import type { ContextCache } from '../certificates/create-context-cache.ts';
import { answerPlainRequest, type PublishedRoot } from './answer-plain-request.ts';
import { beginTls } from './begin-tls.ts';
import type { ClientConnection } from './client-connection.ts';
import { endWith } from './end-with.ts';
import { type HttpResponse, httpResponse, plainText } from './http-response.ts';
import type { TlsTarget } from './judge-client-hello.ts';
import { readAhead } from './read-ahead.ts';
import { readOpening } from './read-opening.ts';

/** Whether a host may be reached; `message` is for the person who tried, and says what can be. */
type Admission = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface OpenConnectionDeps {
  readonly root: PublishedRoot;
  readonly contexts: Pick<ContextCache, 'contextFor'>;
  /** In lower case. */
  readonly gatewayNames: ReadonlySet<string>;
  readonly admit: (host: string, port: number) => Admission;
  readonly onConnection: (connection: ClientConnection) => void;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the head of a request, and again from there to the end of the handshake. */
  readonly openingTimeoutMs: number;
  readonly headBytesMax: number;
}

/** `onOpened` is called when the connection is handed on. Never rejects for anything that a client does. */
export async function openConnection(
  socket: Socket,
  { clientAddress, onOpened }: { clientAddress: string; onOpened: () => void },
  deps: OpenConnectionDeps,
): Promise<void> {
  const { admit, gatewayNames, log, root, clock, openingTimeoutMs, headBytesMax } = deps;
  const deadline = setTimeout(() => socket.destroy(), openingTimeoutMs);
  socket.once('close', () => clearTimeout(deadline));

  const opening = await readAhead(socket, (bytes) => readOpening(bytes, headBytesMax));
  switch (opening?.kind) {
    case undefined:
      return;
    case 'tls':
      return secure({ mode: 'endpoint', names: gatewayNames });
    case 'connect': {
      const { host, port } = opening;
      const admission = admit(host, port);
      if (!admission.ok) {
        log.info('CONNECT refused', { clientAddress, connectHost: host, connectPort: port });
        return answer(plainText(403, admission.message));
      }
      deadline.refresh();
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      return secure({ mode: 'proxy', host, port });
    }
    case 'request':
      return answer(answerPlainRequest(opening, root));
    case 'malformed':
      log.debug('malformed request', { clientAddress, reason: opening.reason });
      return answer(plainText(400, `This is not a request to a proxy: ${opening.reason}.`));
  }

  function answer(response: HttpResponse): void {
    endWith(socket, httpResponse(response, new Date(clock.nowMs())));
  }

  async function secure(target: TlsTarget): Promise<void> {
    const { contexts, onConnection } = deps;
    await beginTls(socket, {
      contexts,
      log,
      clientAddress,
      target,
      onSecure: (tlsSocket, host) => {
        clearTimeout(deadline);
        onOpened();
        onConnection({ socket: tlsSocket, mode: target.mode, host, clientAddress });
      },
    });
  }
}
