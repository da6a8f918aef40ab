// What the head of a request says about its chunk-signed body.
import type { ParsedSignature } from './parsed-signature.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface ChunkedBody {
  /** Signed headers follow the last chunk. */
  readonly trailer: boolean;
  /** x-amz-decoded-content-length. */
  readonly decodedBytes: number;
}

/** Gives undefined for a body that is not chunk-signed: STREAMING-UNSIGNED-PAYLOAD-TRAILER included. */
export function readChunkedBody({ payload, headers }: ParsedSignature): ChunkedBody | Refusal | undefined {
  if (payload.kind !== 'streaming' || payload.name === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return undefined;
  const [length, ...others] = headers.get('x-amz-decoded-content-length') ?? [];
  if (length === undefined || others.length > 0 || !/^\d{1,15}$/.test(length.trim())) {
    return refuse(
      'malformed-chunk',
      'A chunk-signed body needs x-amz-decoded-content-length, once, with the number of bytes without the framing.',
    );
  }
  return {
    trailer: payload.name === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    decodedBytes: Number(length.trim()),
  };
}
