import type { TLSSocket } from 'node:tls';

/** A client whose TLS handshake is done. Closing the socket is up to whoever takes it. */
export interface ClientConnection {
  readonly socket: TLSSocket;
  /** proxy: by CONNECT to a cloud's host. endpoint: straight to one of the gateway's own names. */
  readonly mode: 'proxy' | 'endpoint';
  /** The name of the handshake (SNI), in lower case: in proxy mode also the one of CONNECT. */
  readonly host: string;
  readonly clientAddress: string;
}
