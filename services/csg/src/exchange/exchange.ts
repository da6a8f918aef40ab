// One call, from its head to the end of its answer.
//
//   readRequest   can it be understood in one way only?
//   admit         whose key, active, in time, for a service that was approved; the signature
//   takeBody      the body, where something depends on it
//   judge         which action, and do the policies allow it?
//   borrow        the cloud credentials chosen at approval
//   forward       signed again, there and back
//
// If we die here: the client sees its connection break, as with AWS itself, and its SDK decides whether to repeat.
import type { Logger } from '@cloud-gateway/runtime';
import { requestFraming } from '../http1/body-framing.ts';
import type { RequestHead } from '../http1/parse-request-head.ts';
import { type AdmitDeps, admit, verifyWithBody } from './admit.ts';
import { type BorrowDeps, borrowCredentials } from './borrow-credentials.ts';
import type { Call } from './call.ts';
import { type ConnectionFate, forward } from './forward.ts';
import type { ForwardDeps } from './forward-deps.ts';
import { type JudgeDeps, judge, needsBodyToDecide, operationByHead } from './judge.ts';
import { readRequest } from './read-request.ts';
import { RefusedCall } from './refused-call.ts';
import { discardBody, type TakeBodyDeps, type TakenBody, takeBody } from './take-body.ts';
import { writeRefusal } from './write-refusal.ts';

export interface ExchangeDeps extends AdmitDeps, TakeBodyDeps, JudgeDeps, BorrowDeps, ForwardDeps {
  readonly log: Logger;
}

/** Never throws. */
export async function exchange(deps: ExchangeDeps, call: Call): Promise<ConnectionFate> {
  let body: TakenBody = { kind: 'none' };
  try {
    const { framing, expectsContinue } = readRequest(call.head);
    const admitted = await admit(deps, call);
    const byHead = operationByHead(call, admitted);
    body = await takeBody(deps, {
      wire: call.connection.wire,
      framing,
      payload: admitted.parsed.payload,
      isNeededToDecide: needsBodyToDecide(admitted, byHead),
      expectsContinue,
    });
    const verified = verifyWithBody(deps, call, { ...admitted, body });
    judge(deps, call, { ...admitted, byHead, body });
    const credentials = deps.lender.get(admitted.key) ?? (await borrowCredentials(deps, admitted.key));
    const closes = saysClose(call.head);
    return await forward(deps, call, {
      admitted,
      verified,
      body,
      credentials,
      framing,
      expectsContinue,
      closes,
    });
  } catch (err) {
    const refusal = refusalOf(deps.log, call, err);
    const isBodyUnread = refusal.closes || !passOverBody(call, body);
    return await writeRefusal(deps, call, { refusal, isBodyUnread });
  } finally {
    discardBody(deps, body);
  }
}

function refusalOf(log: Logger, call: Call, err: unknown): RefusedCall {
  if (err instanceof RefusedCall) return err;
  log.error('a call failed in the proxy', { err, callId: call.id });
  return new RefusedCall('internal-error', 'The gateway failed. Report it with the request id.', {
    closes: true,
  });
}

/**
 * Tells whether the next request can follow: the body was taken, there is none, or all of it has arrived and is passed
 * over here. Most refused calls are small ones, and their clients keep their connection so.
 */
function passOverBody({ head, connection: { wire } }: Call, body: TakenBody): boolean {
  if (body.kind === 'memory' || body.kind === 'file') return true;
  const framing = requestFraming(head);
  if (framing?.kind === 'none') return true;
  if (framing?.kind !== 'length' || wire.peek().length < framing.bytes) return false;
  wire.consume(framing.bytes);
  return true;
}

function saysClose({ headers }: RequestHead): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (name.length === 10 && name.toLowerCase() === 'connection') {
      return (headers[i + 1] ?? '').toLowerCase().includes('close');
    }
  }
  return false;
}
