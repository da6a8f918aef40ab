import { isIP, type Socket } from 'node:net';
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import { awaitSocket } from './await-socket.ts';
import type { StepOptions } from './open-tcp.ts';
import type { TlsSessions } from './tls-sessions.ts';
import { UpstreamError } from './upstream-error.ts';

/** One for all connections: making one takes 0.8 ms. */
export function trustContext(extraCa: string | undefined): SecureContext {
  // Without a list Node takes its own, which heeds NODE_EXTRA_CA_CERTS.
  return createSecureContext(extraCa === undefined ? {} : { ca: [...rootCertificates, extraCa] });
}

export interface TlsStepOptions extends StepOptions {
  /** Who has to be at the other end. */
  readonly host: string;
  readonly context: SecureContext;
  readonly sessions: TlsSessions;
}

/** TLS over a connection. Rejects with UpstreamError, and destroys the socket then. */
export async function openTls(
  socket: Socket,
  { host, context, sessions, withinMs, signal }: TlsStepOptions,
): Promise<TLSSocket> {
  const session = sessions.find(host);
  const secured = connect({
    socket,
    host,
    // RFC 6066 section 3: an address is no server name.
    ...(isIP(host) === 0 && { servername: host }),
    secureContext: context,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Said here, so that no variable of the environment turns it off.
    rejectUnauthorized: true,
    ...(session !== undefined && { session }),
  });
  secured.on('error', () => {});
  sessions.keepFrom(secured, host);
  const failure = `no TLS connection to ${host}`;
  try {
    await awaitSocket(secured, {
      event: 'secureConnect',
      withinMs,
      signal,
      failure,
      toError: (err) => new UpstreamError('tls', `${failure}: ${reasonOf(err)}`, { cause: err }),
    });
  } catch (err) {
    sessions.forget(host);
    throw err;
  }
  return secured;
}

// ERR_TLS_CERT_ALTNAME_INVALID and the like; OpenSSL's own messages are long and say where in its source they come from.
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}
