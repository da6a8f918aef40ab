// The signatures of chunks, calculated here from the words of the S3 API reference ("Signature calculations for the
// Authorization header: transferring payload in multiple chunks") and on purpose not by @cloud-gateway/sigv4: what that
// library signs anew is checked by somebody who did not learn from it.
import { createHash, createHmac } from 'node:crypto';

export interface ChunkVerifier {
  /** Throws nothing; a wrong signature breaks the chain, so that all after it are wrong as well. */
  isChunk(sha256: string, signature: string): boolean;
  /** `canonicalTrailer`: `name:value\n` for each. */
  isTrailer(canonicalTrailer: string, signature: string): boolean;
}

interface ChunkVerifierOptions {
  readonly secretAccessKey: string;
  readonly scope: { readonly day: string; readonly region: string; readonly service: string };
  readonly amzDate: string;
  /** The signature of the head. */
  readonly seed: string;
}

export function createChunkVerifier({
  secretAccessKey,
  scope,
  amzDate,
  seed,
}: ChunkVerifierOptions): ChunkVerifier {
  const { day, region, service } = scope;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  let previous = seed;
  const follows = (algorithm: string, hashes: readonly string[], signature: string) => {
    const scopeLine = `${day}/${region}/${service}/aws4_request`;
    const toSign = [algorithm, amzDate, scopeLine, previous, ...hashes].join('\n');
    previous = createHmac('sha256', key).update(toSign).digest('hex');
    return previous === signature;
  };
  return {
    isChunk: (hash, signature) => follows('AWS4-HMAC-SHA256-PAYLOAD', [sha256(''), hash], signature),
    isTrailer: (trailer, signature) => follows('AWS4-HMAC-SHA256-TRAILER', [sha256(trailer)], signature),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
