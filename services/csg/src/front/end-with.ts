import type { Socket } from 'node:net';

/** How long the other side has to take the last words and to close. */
const lingerMs = 2_000;

/**
 * Writes the last bytes and closes. What still arrives is read and dropped: closing a socket with unread bytes would reset
 * the connection, and the other side might never see what was written.
 */
export function endWith(socket: Socket, bytes: Buffer | string): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  socket.end(bytes);
}
