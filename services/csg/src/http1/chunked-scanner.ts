// Finds its way through a chunked body (RFC 9112 7.1) piece by piece, whatever the pieces are, holding nothing. Strict:
// sizes of at most 13 hex digits, no extensions, CRLF and nothing else; trailer fields are passed over.

export interface ChunkedScanner {
  /**
   * Reads on in `bytes`. Calls `onData` for each run of payload in it. Returns how many bytes belong to the body:
   * fewer than there are only when it is done. Returns -1 when this is no chunked body.
   */
  scan(bytes: Buffer, onData?: (data: Buffer) => void): number;
  readonly done: boolean;
}

const CR = 0x0d;
const LF = 0x0a;
const sizeDigitsMax = 13;
const trailerBytesMax = 8192;

type Place =
  | 'size'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailer'
  | 'trailer-lf'
  | 'end-lf'
  | 'done';

export function createChunkedScanner(): ChunkedScanner {
  let place: Place = 'size';
  let size = 0;
  let digits = 0;
  let left = 0;
  let trailerBytes = 0;
  let lineBytes = 0;

  function step(byte: number): boolean {
    switch (place) {
      case 'size': {
        if (byte === CR) {
          if (digits === 0) return false;
          place = 'size-lf';
          return true;
        }
        const digit = hexDigit(byte);
        if (digit < 0 || digits === sizeDigitsMax) return false;
        size = size * 16 + digit;
        digits += 1;
        return true;
      }
      case 'size-lf':
        if (byte !== LF) return false;
        place = size === 0 ? 'trailer' : 'data';
        left = size;
        size = 0;
        digits = 0;
        lineBytes = 0;
        return true;
      case 'data-cr':
        place = 'data-lf';
        return byte === CR;
      case 'data-lf':
        place = 'size';
        return byte === LF;
      case 'trailer':
        trailerBytes += 1;
        if (byte === CR) place = lineBytes === 0 ? 'end-lf' : 'trailer-lf';
        else if (byte === LF || trailerBytes > trailerBytesMax) return false;
        else lineBytes += 1;
        return true;
      case 'trailer-lf':
        place = 'trailer';
        lineBytes = 0;
        return byte === LF;
      case 'end-lf':
        place = 'done';
        return byte === LF;
      default:
        return false;
    }
  }

  return {
    get done() {
      return place === 'done';
    },

    scan(bytes, onData) {
      let at = 0;
      while (at < bytes.length && place !== 'done') {
        if (place === 'data') {
          const run = Math.min(left, bytes.length - at);
          onData?.(bytes.subarray(at, at + run));
          at += run;
          left -= run;
          if (left === 0) place = 'data-cr';
        } else {
          if (!step(bytes[at] ?? 0)) return -1;
          at += 1;
        }
      }
      return at;
    },
  };
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
