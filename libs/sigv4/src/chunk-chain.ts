// The chain of signatures of a chunked body: each covers the one before it, the first one that of the head. So no
// chunk can be changed, left out, repeated or moved.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
import { type CredentialScope, formatScope } from './credential-scope.ts';
import { emptySha256 } from './sha256.ts';
import { calculateSignature } from './signing-key.ts';
import { type SigningKeyCache, type SigningSecret, signingKeyOf } from './signing-key-cache.ts';

/** Where a chain begins: the signature of the head, and what made it. */
export interface ChunkChainStart {
  /** 64 hex digits: ParsedSignature.signature or ResignedRequest.signature. */
  readonly signature: string;
  readonly amzDate: string;
  readonly scope: CredentialScope;
  readonly secret: SigningSecret;
  readonly signingKeys?: SigningKeyCache | undefined;
}

export interface ChunkChain {
  /** Gives the signature of the next chunk. `dataSha256` is the hex hash of its data; the last chunk has none. */
  signChunk(dataSha256: string): string;
  /** Gives the signature of the trailing headers, which follow the last chunk; see parseTrailer. */
  signTrailer(trailerSha256: string): string;
}

export function createChunkChain(start: ChunkChainStart): ChunkChain {
  const key = signingKeyOf(start.secret, start.scope, start.signingKeys);
  const place = `${start.amzDate}\n${formatScope(start.scope)}`;
  let previous = start.signature;
  const sign = (kind: string, hashes: string) => {
    previous = calculateSignature(key, `AWS4-HMAC-SHA256-${kind}\n${place}\n${previous}\n${hashes}`);
    return previous;
  };
  return {
    // The empty hash stands for the headers of a chunk, which has none.
    signChunk: (dataSha256) => sign('PAYLOAD', `${emptySha256}\n${dataSha256}`),
    signTrailer: (trailerSha256) => sign('TRAILER', trailerSha256),
  };
}
