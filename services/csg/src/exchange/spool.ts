// Bodies that have to be known whole before they are forwarded, and are too large for memory, wait in a file.
import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import path from 'node:path';

export interface Spool {
  open(): Promise<SpoolFile>;
}

export interface SpoolFile {
  /** False when this file, or all of them together, would grow over its limit. */
  append(piece: Buffer): Promise<boolean>;
  readonly bytes: number;
  /** Yields what was appended. */
  read(): AsyncIterable<Buffer>;
  /** Closes and deletes. Safe to repeat. */
  discard(): void;
}

export interface SpoolOptions {
  readonly directory: string;
  readonly fileBytesMax: number;
  readonly totalBytesMax: number;
}

const pieceBytes = 64 * 1024;

/** Makes the directory, for this user alone. */
export async function openSpool({ directory, fileBytesMax, totalBytesMax }: SpoolOptions): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let total = 0;

  async function openFile(): Promise<SpoolFile> {
    const name = path.join(directory, randomUUID());
    const file = await open(name, 'wx+', 0o600);
    // Deleted while it is open: whatever becomes of this process, the file is gone with it.
    await unlink(name);
    let bytes = 0;
    let isOpen = true;
    return {
      get bytes() {
        return bytes;
      },
      async append(piece) {
        if (bytes + piece.length > fileBytesMax || total + piece.length > totalBytesMax) return false;
        const at = bytes;
        bytes += piece.length;
        total += piece.length;
        await file.write(piece, 0, piece.length, at);
        return true;
      },
      async *read() {
        for (let at = 0; at < bytes; ) {
          // A new buffer each time: a socket may hold the one before while it waits for room.
          const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, at);
          if (bytesRead === 0) return;
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      },
      discard() {
        if (!isOpen) return;
        isOpen = false;
        total -= bytes;
        // It has no name any more: what could go wrong, harms nobody.
        void file.close().catch(() => undefined);
      },
    };
  }

  return { open: openFile };
}
