// What the hosts gave us to resume TLS with (RFC 8446 section 4.6.1, RFC 5077): without it each new connection costs a
// full handshake, on both sides.
import type { TLSSocket } from 'node:tls';

export interface TlsSessions {
  find(host: string): Buffer | undefined;
  /** Keeps the tickets that the host sends on this connection, the last one of them. Call it before the handshake. */
  keepFrom(socket: TLSSocket, host: string): void;
  forget(host: string): void;
}

export function createTlsSessions({ hostsMax }: { readonly hostsMax: number }): TlsSessions {
  // A Map keeps the order of insertion: what is renewed is put at the end.
  const sessions = new Map<string, Buffer>();

  function keep(host: string, session: Buffer): void {
    sessions.delete(host);
    sessions.set(host, session);
    if (sessions.size <= hostsMax) return;
    for (const [oldest] of sessions) {
      sessions.delete(oldest);
      return;
    }
  }

  return {
    find: (host) => sessions.get(host),
    // Node tells of a session only after the certificate was found to be good.
    keepFrom: (socket, host) => void socket.on('session', (session) => keep(host, session)),
    forget: (host) => void sessions.delete(host),
  };
}
