// What stands for the body in the canonical request.
import { type Refusal, refuse } from './refusal.ts';
import { sha256Hex } from './sha256.ts';

/**
 * body       nothing was declared: the signature covers the hash of the body itself, so read it all before verifying
 * declared   x-amz-content-sha256 holds the hash: verify the head at once, and the body against it
 * unsigned   UNSIGNED-PAYLOAD: nothing is said about the body
 * streaming  STREAMING-…: the body comes in chunks that carry their own signatures or a trailer
 */
export type PayloadMode =
  | { readonly kind: 'body' }
  | { readonly kind: 'declared'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'streaming'; readonly name: StreamingPayload };

/**
 * STREAMING-UNSIGNED-PAYLOAD-TRAILER           chunks without signatures, then trailing headers without one
 * STREAMING-AWS4-HMAC-SHA256-PAYLOAD           each chunk signed, see createChunkResigner
 * STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER   the same, then signed trailing headers
 */
export type StreamingPayload = (typeof streamingPayloads)[number];

const streamingPayloads = [
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
] as const;

/** The body, or its hash where the caller hashed while reading, or nothing yet (good for all modes but `body`). */
export type SignedBody = { readonly bytes: string | Uint8Array } | { readonly sha256: string } | undefined;

export const unsignedPayload = 'UNSIGNED-PAYLOAD';

/** Reads the value of x-amz-content-sha256. */
export function parsePayloadMode(value: string): PayloadMode | Refusal {
  if (/^[0-9a-f]{64}$/.test(value)) return { kind: 'declared', sha256: value };
  if (value === unsignedPayload) return { kind: 'unsigned' };
  const streaming = streamingPayloads.find((name) => name === value);
  if (streaming) return { kind: 'streaming', name: streaming };
  if (/^STREAMING-[A-Z0-9-]{1,80}$/.test(value)) {
    return refuse(
      'unsupported-payload-mode',
      `The payload mode ${value} is not taken; of the streaming ones ${streamingPayloads.join(', ')} are.`,
    );
  }
  return refuse(
    'malformed-payload-hash',
    'x-amz-content-sha256 is neither a hex SHA-256 nor a known payload mode.',
  );
}

/** Gives the last line of the canonical request, having held the body against a declared hash. */
export function payloadHash(mode: PayloadMode, body: SignedBody): string | Refusal {
  switch (mode.kind) {
    case 'unsigned':
      return unsignedPayload;
    case 'streaming':
      return mode.name;
    case 'declared':
      if (body !== undefined && bodySha256(body) !== mode.sha256) {
        return refuse('payload-hash-mismatch', 'The body is not the one that x-amz-content-sha256 declares.');
      }
      return mode.sha256;
    case 'body':
      if (body === undefined)
        throw new TypeError('No payload hash was declared, so the body is needed to verify.');
      return bodySha256(body);
  }
}

function bodySha256(body: { readonly bytes: string | Uint8Array } | { readonly sha256: string }): string {
  return 'sha256' in body ? body.sha256 : sha256Hex(body.bytes);
}
