// A chunk-signed body on its way from one owner of a secret to another: every chunk is held until its signature is
// verified, and goes on under a signature of ours. Nothing else changes, so the body keeps its length.
//
//   size-line → data → data-end → size-line …
//   size-line of the last, empty chunk → last-line-end → done
//                                      → trailer → trailer-end → done     with trailing headers
import { type ChunkChainStart, createChunkChain } from './chunk-chain.ts';
import { type ChunkData, createChunkData } from './chunk-data.ts';
import { type ChunkSizeLine, chunkSizeLineMax, parseChunkSizeLine } from './chunk-size-line.ts';
import { chunkTrailerBytesMax, endsTrailer, parseChunkTrailer } from './chunk-trailer.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isSameSignature } from './same-signature.ts';
import { emptySha256 } from './sha256.ts';

export interface ChunkResignerInput {
  /** The chain of the sender. */
  readonly verify: ChunkChainStart;
  /** The chain that goes on. */
  readonly sign: ChunkChainStart;
  /** STREAMING-…-TRAILER: signed headers follow the last chunk. */
  readonly trailer: boolean;
  /** x-amz-decoded-content-length: how long all chunks together are. See readChunkedBody. */
  readonly decodedBytes: number;
  /** One chunk is held in memory. Default 1 MiB; the SDKs send 64 to 128 KiB. */
  readonly chunkBytesMax?: number;
}

export interface ChunkResigner {
  /**
   * Takes the next bytes of the body and gives those that are verified and signed anew, perhaps none. The pieces share
   * memory with what was pushed. After a refusal all that follows is refused alike.
   */
  push(bytes: Buffer): readonly Buffer[] | Refusal;
  /** Says that the body has ended. Gives undefined when it was whole. */
  end(): Refusal | undefined;
}

type Mode = 'size-line' | 'data' | 'data-end' | 'last-line-end' | 'trailer' | 'trailer-end' | 'done';

const lineEnd = '\r\n';
const lineFeed = 10;
const chunkBytesMaxDefault = 1_048_576;

export function createChunkResigner(input: ChunkResignerInput): ChunkResigner {
  const { trailer, decodedBytes, chunkBytesMax = chunkBytesMaxDefault } = input;
  const theirs = createChunkChain(input.verify);
  const ours = createChunkChain(input.sign);

  let mode: Mode = 'size-line';
  let refusal: Refusal | undefined;
  let output: Buffer[] = [];
  /** The line that has begun. */
  let line = '';
  let trailerLines: string[] = [];
  let chunk: { readonly line: ChunkSizeLine; readonly data: ChunkData; missingBytes: number } | undefined;
  let seenBytes = 0;

  const write = (text: string) => output.push(Buffer.from(text, 'latin1'));

  function push(bytes: Buffer): readonly Buffer[] | Refusal {
    output = [];
    for (let rest = bytes; rest.length > 0 && !refusal; ) {
      if (mode === 'done') refusal = malformed('The chunked body goes on after its end.');
      else rest = rest.subarray(mode === 'data' ? takeData(rest) : takeLine(rest));
    }
    return refusal ?? output;
  }

  function takeData(bytes: Buffer): number {
    if (!chunk) throw new TypeError('There is no data outside a chunk.');
    const taken = Math.min(bytes.length, chunk.missingBytes);
    chunk.data.add(bytes.subarray(0, taken));
    chunk.missingBytes -= taken;
    if (chunk.missingBytes === 0) finishData(chunk.line, chunk.data);
    return taken;
  }

  function finishData(sizeLine: ChunkSizeLine, data: ChunkData): void {
    refusal = passSizeLine(sizeLine, data.sha256());
    output.push(...data.pieces);
    chunk = undefined;
    mode = 'data-end';
  }

  function takeLine(bytes: Buffer): number {
    const lineBytesMax = mode === 'trailer' ? chunkTrailerBytesMax : chunkSizeLineMax;
    const at = bytes.subarray(0, lineBytesMax).indexOf(lineFeed);
    const taken = at < 0 ? Math.min(bytes.length, lineBytesMax) : at + 1;
    line += bytes.toString('latin1', 0, taken);
    if (line.length > lineBytesMax) refusal = malformed('A line of the chunked body is too long.');
    else if (at >= 0) {
      const whole = line;
      line = '';
      refusal = readLine(whole);
    }
    return taken;
  }

  function readLine(text: string): Refusal | undefined {
    if (mode === 'size-line') return readSizeLine(text);
    if (mode === 'trailer') return readTrailerLine(text);
    return readLineEnd(text, mode === 'data-end' ? 'size-line' : 'done');
  }

  function readSizeLine(text: string): Refusal | undefined {
    const sizeLine = parseChunkSizeLine(text);
    if (!sizeLine) return malformed('A chunk must begin with <size in hex>;chunk-signature=<64 hex digits>.');
    if (sizeLine.bytes > chunkBytesMax) {
      return refuse(
        'chunk-too-large',
        `A chunk is ${sizeLine.bytes} bytes long; send at most ${chunkBytesMax}.`,
      );
    }
    seenBytes += sizeLine.bytes;
    const isLast = sizeLine.bytes === 0;
    if (seenBytes > decodedBytes || (isLast && seenBytes < decodedBytes)) {
      return refuse(
        'decoded-length-mismatch',
        `The chunks are ${isLast ? '' : 'at least '}${seenBytes} bytes long together; x-amz-decoded-content-length says ${decodedBytes}.`,
      );
    }
    if (isLast) {
      mode = trailer ? 'trailer' : 'last-line-end';
      return passSizeLine(sizeLine, emptySha256);
    }
    chunk = { line: sizeLine, data: createChunkData(), missingBytes: sizeLine.bytes };
    mode = 'data';
    return undefined;
  }

  /** Verifies a chunk and writes its line, under our signature. */
  function passSizeLine(sizeLine: ChunkSizeLine, dataSha256: string): Refusal | undefined {
    if (!isSameSignature(theirs.signChunk(dataSha256), sizeLine.signature)) {
      return mismatch('The signature of a chunk does not match.');
    }
    write(`${sizeLine.beforeSignature}${ours.signChunk(dataSha256)}${lineEnd}`);
    return undefined;
  }

  function readLineEnd(text: string, next: Mode): Refusal | undefined {
    if (text !== lineEnd) return malformed('A chunk does not end where its size says.');
    write(lineEnd);
    mode = next;
    return undefined;
  }

  function readTrailerLine(text: string): Refusal | undefined {
    trailerLines.push(text);
    const bytes = trailerLines.reduce((sum, each) => sum + each.length, 0);
    if (bytes > chunkTrailerBytesMax) return malformed('The trailing headers are too long.');
    if (!endsTrailer(text)) return undefined;
    const parsed = parseChunkTrailer(trailerLines);
    if (!parsed) return malformed('The trailing headers, or x-amz-trailer-signature, cannot be read.');
    if (!isSameSignature(theirs.signTrailer(parsed.sha256), parsed.signature)) {
      return mismatch('The signature of the trailing headers does not match.');
    }
    write(trailerLines.slice(0, -1).join(''));
    write(text.replace(parsed.signature, ours.signTrailer(parsed.sha256)));
    trailerLines = [];
    mode = 'trailer-end';
    return undefined;
  }

  function end(): Refusal | undefined {
    // The empty line after a trailer is left out in one of the examples of AWS.
    const isWhole = line === '' && (mode === 'done' || mode === 'trailer-end');
    if (!refusal && !isWhole) refusal = malformed('The chunked body ends too early.');
    return refusal;
  }

  return { push, end };
}

function malformed(message: string): Refusal {
  return refuse('malformed-chunk', message);
}

function mismatch(message: string): Refusal {
  return refuse('chunk-signature-mismatch', message);
}
