// Collects the data of one chunk as it comes off the wire, hashing on the way. Larger pieces are kept as they are;
// smaller ones are copied together, so that a sender of single bytes costs no more memory than its chunk.
import { createHash } from 'node:crypto';

export interface ChunkData {
  add(bytes: Buffer): void;
  /** Hex SHA-256 of all that was added. To be asked once, at the end. */
  sha256(): string;
  readonly pieces: readonly Buffer[];
}

const smallBytesMax = 4096;
const shelfBytes = 16_384;

export function createChunkData(): ChunkData {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  // The last piece, while it is a copy of small ones, and the room in which it may grow.
  let shelf = { room: Buffer.alloc(0), used: 0 };

  const addSmall = (bytes: Buffer) => {
    const grows = shelf.used > 0 && shelf.used + bytes.length <= shelf.room.length;
    if (grows) pieces.pop();
    else shelf = { room: Buffer.allocUnsafeSlow(shelfBytes), used: 0 };
    bytes.copy(shelf.room, shelf.used);
    shelf.used += bytes.length;
    pieces.push(shelf.room.subarray(0, shelf.used));
  };

  return {
    pieces,

    add(bytes) {
      hash.update(bytes);
      // A single small piece is a whole small chunk, or its end: nothing to put together yet.
      if (bytes.length > smallBytesMax || pieces.length < 2) {
        shelf.used = 0;
        pieces.push(bytes);
      } else {
        addSmall(bytes);
      }
    },

    sha256: () => hash.digest('hex'),
  };
}
