// Reads the messages of one HTTP/1.1 connection, requests or answers, whose sender is trusted: just what the load and
// the cloud of the benchmark need, so that neither is what is measured.

export interface MessageEvents {
  /** Start line and header fields, one character per byte, without the empty line. */
  readonly onHead: (head: string) => void;
  /** A piece of the body, without the framing of chunks. It shares memory with what was pushed. */
  readonly onData: (piece: Buffer) => void;
  readonly onEnd: () => void;
}

/** Gives what takes the bytes as they come. Throws when they are no HTTP. */
export function createMessageReader({ onHead, onData, onEnd }: MessageEvents): (bytes: Buffer) => void {
  let mode: 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' = 'head';
  /** The beginning of a head or line that is not whole yet. */
  let begun = '';
  let missingBytes = 0;

  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      switch (mode) {
        case 'head':
          at = readHead(bytes, at);
          break;
        case 'length':
        case 'chunk-data':
          at = readData(bytes, at);
          break;
        default:
          at = readLine(bytes, at);
      }
    }
  };

  function readHead(bytes: Buffer, at: number): number {
    const end = begun === '' ? bytes.indexOf(headEnd, at) : -1;
    if (end >= 0) {
      startBody(bytes.toString('latin1', at, end));
      return end + headEnd.length;
    }
    // Rare: the head comes in pieces, and its end may be cut in two.
    const before = begun.length;
    begun += bytes.toString('latin1', at);
    if (begun.length > headBytesMax) throw new Error(`a head is longer than ${headBytesMax} bytes`);
    const found = begun.indexOf(headEnd);
    if (found < 0) return bytes.length;
    const head = begun.slice(0, found);
    begun = '';
    startBody(head);
    return at + found + headEnd.length - before;
  }

  function startBody(head: string): void {
    if (!startLine.test(head)) throw new Error(`this is no HTTP/1.1: ${head.slice(0, 100)}`);
    onHead(head);
    if (chunkedField.test(head)) {
      mode = 'chunk-size';
      return;
    }
    missingBytes = Number(lengthField.exec(head)?.[1] ?? 0);
    if (missingBytes > 0) mode = 'length';
    else finish();
  }

  function readData(bytes: Buffer, at: number): number {
    const piece = at === 0 && bytes.length <= missingBytes ? bytes : bytes.subarray(at, at + missingBytes);
    missingBytes -= piece.length;
    onData(piece);
    if (missingBytes === 0) {
      if (mode === 'chunk-data') mode = 'chunk-end';
      else finish();
    }
    return at + piece.length;
  }

  function readLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(lineFeed, at);
    begun += bytes.toString('latin1', at, end < 0 ? bytes.length : end + 1);
    if (end < 0) return bytes.length;
    const line = begun.trim();
    begun = '';
    takeLine(line);
    return end + 1;
  }

  function takeLine(line: string): void {
    if (mode === 'chunk-size') {
      missingBytes = Number.parseInt(line, 16);
      if (Number.isNaN(missingBytes)) throw new Error(`this is no size of a chunk: ${line.slice(0, 100)}`);
      mode = missingBytes > 0 ? 'chunk-data' : 'trailer';
    } else if (mode === 'chunk-end') {
      mode = 'chunk-size';
    } else if (line === '') {
      finish();
    }
  }

  function finish(): void {
    mode = 'head';
    onEnd();
  }
}

const headEnd = '\r\n\r\n';
const headBytesMax = 64 * 1024;
const lineFeed = 10;
const startLine = /^(?:HTTP\/1\.1 \d{3}|[A-Z]+ \S+ HTTP\/1\.1)/;
const lengthField = /\r\ncontent-length: *(\d+)/i;
const chunkedField = /\r\ntransfer-encoding: *chunked/i;
