// Hands the cloud's answer on as it comes, no faster than the client reads.
import type { BodyFraming } from '../http1/body-framing.ts';
import { chunkOf, lastChunk } from '../http1/chunk-of.ts';
import { createChunkedScanner } from '../http1/chunked-scanner.ts';
import { headWithBody } from '../http1/head-with-body.ts';
import { readBody } from '../http1/read-body.ts';
import type { Wire } from '../http1/wire.ts';
import type { Call } from './call.ts';

export type RelayEnd = 'complete' | 'client-gone' | 'upstream-broke-off';

export interface AnswerToRelay {
  /** Head for the client, with the empty line at its end. */
  readonly headText: string;
  readonly framing: BodyFraming;
}

/** Answers at once where the whole body is there already, as that of most calls is. */
export function relayAnswer(call: Call, upstream: Wire, answer: AnswerToRelay): RelayEnd | Promise<RelayEnd> {
  const { headText, framing } = answer;
  const bodyBytes = framing.kind === 'none' ? 0 : framing.kind === 'length' ? framing.bytes : undefined;
  const here = upstream.peek();
  if (bodyBytes === undefined || here.length < bodyBytes || bodyBytes > smallBytesMax) {
    return relayAsItComes(call, upstream, answer);
  }
  const { wire } = call.connection;
  call.bytesOut += bodyBytes;
  const room = wire.write(headWithBody(headText, here.subarray(0, bodyBytes)));
  upstream.consume(bodyBytes);
  const end = (): RelayEnd => (wire.broken ? 'client-gone' : 'complete');
  return room ? room.then(end) : end();
}

const smallBytesMax = 64 * 1024;

async function relayAsItComes(
  call: Call,
  upstream: Wire,
  { headText, framing }: AnswerToRelay,
): Promise<RelayEnd> {
  const client = call.connection.wire;
  // The head goes out together with what is there of the body: one write for a small answer.
  let waitingHead: string | undefined = headText;

  function write(bytes: Buffer): Promise<void> | undefined {
    if (waitingHead === undefined) return client.write(bytes);
    const withHead = headWithBody(waitingHead, bytes);
    waitingHead = undefined;
    return client.write(withHead);
  }

  function onPiece(piece: Buffer): boolean | Promise<boolean> {
    call.bytesOut += piece.length;
    const room = write(piece);
    return room ? room.then(() => !client.broken) : !client.broken;
  }

  const end =
    framing.kind === 'chunked'
      ? await relayChunks(upstream, call, write)
      : framing.kind === 'until-close'
        ? await relayUntilClose(upstream, call, write)
        : await readBody(upstream, framing, onPiece);
  if (waitingHead !== undefined) await client.write(waitingHead);
  if (client.broken) return 'client-gone';
  return end === 'complete' ? 'complete' : 'upstream-broke-off';
}

type Write = (bytes: Buffer) => Promise<void> | undefined;

/** Chunks go on as they came, once they are seen to be chunks. */
async function relayChunks(upstream: Wire, call: Call, write: Write): Promise<'complete' | 'broken'> {
  const client = call.connection.wire;
  const scanner = createChunkedScanner();
  const count = (data: Buffer): void => {
    call.bytesOut += data.length;
  };
  while (!scanner.done) {
    const here = upstream.peek();
    if (here.length === 0) {
      if (!(await upstream.more())) return 'broken';
      continue;
    }
    const used = scanner.scan(here, count);
    if (used < 0) return 'broken';
    upstream.consume(used);
    const room = write(used === here.length ? here : here.subarray(0, used));
    if (room) await room;
    if (client.broken) return 'broken';
  }
  return 'complete';
}

async function relayUntilClose(upstream: Wire, call: Call, write: Write): Promise<'complete' | 'broken'> {
  const client = call.connection.wire;
  const end = await readBody(upstream, { kind: 'until-close' }, async (piece) => {
    call.bytesOut += piece.length;
    await write(chunkOf(piece));
    return !client.broken;
  });
  if (end !== 'complete') return 'broken';
  await write(Buffer.from(lastChunk));
  return 'complete';
}
