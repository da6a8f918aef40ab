// The first bytes of a connection, looked at and left where they are for whoever takes the socket over.
import type { Socket } from 'node:net';

export interface Ahead<Found> {
  readonly found: Found;
  readonly usedBytes: number;
}

/**
 * Reads until `read`, given all bytes so far, finds something; then takes only `usedBytes` away, and leaves the socket paused
 * with the rest unread. Gives undefined when the socket is closed before. `read` bounds how much is gathered, the caller how
 * long it takes.
 */
export function readAhead<Found>(
  socket: Socket,
  read: (bytes: Buffer) => Ahead<Found> | undefined,
): Promise<Found | undefined> {
  return new Promise((resolve) => {
    let bytes: Buffer | undefined;

    function onData(chunk: Buffer): void {
      bytes = bytes ? Buffer.concat([bytes, chunk]) : chunk;
      const ahead = read(bytes);
      if (!ahead) return;
      finish();
      // Paused before anything is put back: a flowing stream would hand it to nobody.
      socket.pause();
      if (ahead.usedBytes < bytes.length) socket.unshift(bytes.subarray(ahead.usedBytes));
      resolve(ahead.found);
    }

    function onClose(): void {
      finish();
      resolve(undefined);
    }

    function finish(): void {
      socket.off('data', onData);
      socket.off('close', onClose);
    }

    if (socket.destroyed) {
      resolve(undefined);
      return;
    }
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.resume();
  });
}
