// Sends a body that is still on the client's wire, piece by piece, no faster than the cloud takes it.
import type { BodyFraming } from '../http1/body-framing.ts';
import { chunkOf, lastChunk } from '../http1/chunk-of.ts';
import { readBody } from '../http1/read-body.ts';
import type { Wire } from '../http1/wire.ts';
import type { Call } from './call.ts';
import { notChunked } from './not-chunked.ts';
import type { BodyPass, PassResult } from './pass-body.ts';
import { RefusedCall } from './refused-call.ts';

export type SendEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'refused'; readonly refusal: RefusedCall }
  | { readonly kind: 'client-gone' }
  /** The cloud closed the connection, or answered already. */
  | { readonly kind: 'not-wanted' };

export interface StreamToSend {
  readonly framing: BodyFraming;
  readonly pass: BodyPass;
  /** Asked before every piece: the cloud may answer before it has the whole body. */
  readonly isWanted: () => boolean;
}

export async function sendStream(call: Call, upstream: Wire, stream: StreamToSend): Promise<SendEnd> {
  const { framing, pass, isWanted } = stream;
  const client = call.connection.wire;
  let refusal: RefusedCall | undefined;

  async function send(result: PassResult): Promise<boolean> {
    if (!result.ok) {
      refusal = new RefusedCall(result.kind, result.message, { closes: true });
      return false;
    }
    for (const out of result.out) await write(out);
    return !upstream.broken && isWanted();
  }

  function write(out: Buffer): Promise<void> | undefined {
    if (out.length === 0 || upstream.broken) return undefined;
    return upstream.write(framing.kind === 'chunked' ? chunkOf(out) : out);
  }

  const end = await readBody(client, framing, (piece) => {
    call.bytesIn += piece.length;
    return send(pass.push(piece));
  });
  if (end === 'complete' && (await send(pass.end()))) {
    if (framing.kind === 'chunked') await upstream.write(lastChunk);
    return { kind: 'complete' };
  }
  if (refusal) return { kind: 'refused', refusal };
  if (end === 'malformed') return { kind: 'refused', refusal: notChunked() };
  return end === 'broken' ? { kind: 'client-gone' } : { kind: 'not-wanted' };
}
