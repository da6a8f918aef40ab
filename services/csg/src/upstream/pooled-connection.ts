import type { Socket } from 'node:net';

export interface PooledConnectionOptions {
  /** All connections of a pool are as good as each other: the host that they lead to. */
  readonly pool: string;
  readonly socket: Socket;
  /** Called when it ends, fails or says something while nobody asked. It may be called more than once. */
  readonly onUnusable: (connection: PooledConnection) => void;
}

/**
 * A connection as the pool holds it.
 *
 * idle   the pool listens: a byte that comes now is nobody's answer (RFC 9112 section 9.3)
 * lent   only the borrower listens to data; the pool merely learns when it has gone
 */
export class PooledConnection {
  readonly pool: string;
  readonly socket: Socket;
  idleSinceMs = 0;
  isIdle = false;

  constructor({ pool, socket, onUnusable }: PooledConnectionOptions) {
    this.pool = pool;
    this.socket = socket;
    const onUnasked = (): void => {
      if (this.isIdle) onUnusable(this);
    };
    socket.on('close', () => onUnusable(this));
    socket.on('end', onUnasked);
    // Always there: to take it off and put it on again for every call would cost more than to ask.
    socket.on('data', onUnasked);
  }

  /** False when it cannot be used again: gone, or with something unread or unsent. */
  get isReusable(): boolean {
    const { socket } = this;
    return (
      !socket.destroyed &&
      socket.writable &&
      socket.readable &&
      socket.readableLength === 0 &&
      socket.writableLength === 0
    );
  }

  rest(nowMs: number): void {
    this.isIdle = true;
    this.idleSinceMs = nowMs;
    // The borrower may have made it stop for a slow client.
    this.socket.resume();
  }

  wake(): void {
    this.isIdle = false;
  }
}
