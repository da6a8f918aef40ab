import { type BodyFraming, responseFraming } from '../http1/body-framing.ts';
import { parseResponseHead, type ResponseHead } from '../http1/parse-response-head.ts';
import { readHead } from '../http1/read-head.ts';
import type { Wire } from '../http1/wire.ts';

export type AnswerHead =
  | { readonly kind: 'answer'; readonly head: ResponseHead; readonly framing: BodyFraming }
  /** 100: go on with the body. */
  | { readonly kind: 'continue' }
  /** The connection went away without an answer. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'timeout' }
  /** What came is no HTTP answer, or one that can be understood in two ways. */
  | { readonly kind: 'malformed' };

const headBytesMax = 64 * 1024;
const headWithinMs = 30_000;

/** Reads the head of the cloud's answer. Interim answers but 100 are passed over (RFC 9110 15.2). */
export async function readAnswerHead(
  wire: Wire,
  { method, nowMs }: { readonly method: string; readonly nowMs: () => number },
): Promise<AnswerHead> {
  for (;;) {
    const read = await readHead(wire, { bytesMax: headBytesMax, withinMs: headWithinMs, nowMs });
    if (read.kind === 'closed' || read.kind === 'cut') return { kind: wire.timedOut ? 'timeout' : 'lost' };
    if (read.kind !== 'head') return { kind: 'malformed' };
    const head = parseResponseHead(read.text);
    if (!head || head.status === 101) return { kind: 'malformed' };
    if (head.status === 100) return { kind: 'continue' };
    if (head.status < 200) continue;
    const framing = responseFraming(head, method);
    return framing ? { kind: 'answer', head, framing } : { kind: 'malformed' };
  }
}
