import type { Clock } from '@cloud-gateway/clock';
import { headWithBody } from '../http1/head-with-body.ts';
import { refusalResponse } from '../refusals/refusal-response.ts';
import { refusalRows } from '../refusals/refusal-rows.ts';
import type { Call } from './call.ts';
import { errorShapeOf } from './error-shape-of.ts';
import type { ConnectionFate } from './forward.ts';
import type { RefusedCall } from './refused-call.ts';

/** Answers a call that is not forwarded, in the shape of the protocol that its client speaks. Never throws. */
export async function writeRefusal(
  { clock }: { readonly clock: Clock },
  call: Call,
  { refusal, isBodyUnread }: { readonly refusal: RefusedCall; readonly isBodyUnread: boolean },
): Promise<ConnectionFate> {
  const { wire } = call.connection;
  call.refusal = refusal.kind;
  call.outcome = refusalRows[refusal.kind].fault === 'client' ? 'refused' : 'failed';
  // An answer has begun already, or nobody is there to read one.
  if (call.status !== 0 || wire.broken) {
    wire.socket.destroy();
    return 'close';
  }
  const closes = refusal.closes || isBodyUnread;
  const { status, headers, body } = refusalResponse({
    refusal,
    ...errorShapeOf(call),
    method: call.head.method,
    requestId: call.id,
    nowMs: clock.nowMs(),
    closes,
  });
  call.status = status;
  call.bytesOut = body.length;
  let head = `HTTP/1.1 ${status} ${reasonOf(status)}\r\n`;
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`;
  head += `x-cloud-gateway-call-id: ${call.id}\r\n\r\n`;
  await wire.write(headWithBody(head, body));
  return closes ? 'close' : 'keep';
}

/** The phrase is for people who look at a trace; no client reads it. */
function reasonOf(status: number): string {
  return status < 500 ? 'Refused' : 'Unavailable';
}
