// Hashes bytes as they pass, and keeps them while they are few.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface DigestedBody {
  readonly length: number;
  /** Hex. */
  readonly md5: string;
  readonly sha256: string;
  readonly crc32: number;
  readonly bytes: Buffer | undefined;
}

interface BodyDigest {
  readonly length: number;
  add(piece: Buffer): void;
  finish(): DigestedBody;
}

export function createBodyDigest(bytesKept: number): BodyDigest {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let crc = 0;
  let length = 0;
  let pieces: Buffer[] | undefined = [];
  return {
    get length() {
      return length;
    },

    add(piece) {
      length += piece.length;
      md5.update(piece);
      sha256.update(piece);
      crc = crc32(piece, crc);
      if (length > bytesKept) pieces = undefined;
      pieces?.push(piece);
    },

    finish: () => ({
      length,
      md5: md5.digest('hex'),
      sha256: sha256.digest('hex'),
      crc32: crc,
      bytes: pieces && Buffer.concat(pieces),
    }),
  };
}
