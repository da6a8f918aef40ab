// The aws-chunked coding: `<hex length>[;chunk-signature=<hex>]\r\n<bytes>\r\n`, a chunk of length 0, trailers, an empty
// line. It lies inside of whatever coding HTTP itself uses.
import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import { ByteReader } from './byte-reader.ts';
import type { ChunkVerifier } from './chunk-verifier.ts';

const trailerSignature = 'x-amz-trailer-signature';
const trailersMax = 20;

/**
 * Gives the bytes as they come and, last, the trailers. With a verifier every chunk must carry the right signature, and
 * so must trailers if there are any. The bytes of a chunk are given out before its signature was checked.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  verifier: ChunkVerifier | undefined,
): AsyncGenerator<Buffer | ReadonlyMap<string, string>> {
  const reader = new ByteReader(source);
  for (let size = 1; size > 0; ) {
    const head = readChunkHead(await reader.line());
    size = head.size;
    const hash = createHash('sha256');
    for (let left = size; left > 0; ) {
      const piece = await reader.bytes(left);
      left -= piece.length;
      if (verifier) hash.update(piece);
      yield piece;
    }
    if (verifier && !verifier.isChunk(hash.digest('hex'), head.signature)) throw wrongSignature();
    if (size > 0 && (await reader.line()) !== '') throw incomplete();
  }
  const trailers = await readTrailers(reader);
  if (!(await reader.isAtEnd())) throw incomplete();
  yield checkTrailers(trailers, verifier);
}

function readChunkHead(line: string): { readonly size: number; readonly signature: string } {
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!match) throw incomplete();
  return { size: Number.parseInt(match[1] ?? '', 16), signature: match[2] ?? '' };
}

async function readTrailers(reader: ByteReader): Promise<Map<string, string>> {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const at = line.indexOf(':');
    if (at <= 0 || trailers.size >= trailersMax) throw incomplete();
    trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return trailers;
}

function checkTrailers(
  trailers: ReadonlyMap<string, string>,
  verifier: ChunkVerifier | undefined,
): ReadonlyMap<string, string> {
  const said = [...trailers].filter(([name]) => name !== trailerSignature);
  const canonical = said.map(([name, value]) => `${name}:${value}\n`).join('');
  if (verifier && canonical !== '' && !verifier.isTrailer(canonical, trailers.get(trailerSignature) ?? '')) {
    throw wrongSignature();
  }
  return new Map(said);
}

function wrongSignature(): AwsError {
  return new AwsError(
    'SignatureDoesNotMatch',
    'The chunk signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body is not framed as aws-chunked, or ends too early.');
}
