// The way to the cloud and back: a connection, the request signed again, its body, the answer.
//
// If the connection breaks before an answer: a request that is safe to repeat and went out on a connection that had
// been idle is sent once more on a new one, because the cloud may have closed it in that moment. Everything else becomes
// an answer that the SDKs retry themselves, as they do with AWS.
import { setTimeout } from 'node:timers/promises';
import type { ParsedSignature, SigningCredentials, Verified } from '@cloud-gateway/sigv4';
import type { BodyFraming } from '../http1/body-framing.ts';
import { headWithBody } from '../http1/head-with-body.ts';
import { type Wire, wireOf } from '../http1/wire.ts';
import type { UpstreamConnection } from '../upstream/create-upstream.ts';
import type { Admitted } from './admit.ts';
import { bodyPassOf } from './body-pass-of.ts';
import type { Call } from './call.ts';
import { connectUpstream, reuseUpstream } from './connect-upstream.ts';
import type { ForwardDeps } from './forward-deps.ts';
import { type AnswerHead, readAnswerHead } from './read-answer-head.ts';
import { RefusedCall } from './refused-call.ts';
import { relayAnswer } from './relay-answer.ts';
import { responseToClient } from './response-to-client.ts';
import { type SendEnd, sendStream } from './send-stream.ts';
import { type SignedHead, signAgain } from './sign-again.ts';
import type { TakenBody } from './take-body.ts';

export interface Work {
  readonly admitted: Admitted;
  readonly verified: Verified;
  readonly body: TakenBody;
  readonly credentials: SigningCredentials;
  readonly framing: BodyFraming;
  readonly expectsContinue: boolean;
  /** The client said that this is its last request on the connection. */
  readonly closes: boolean;
}

export type ConnectionFate = 'keep' | 'close';

/** Throws RefusedCall when the cloud gave no answer. */
export async function forward(deps: ForwardDeps, call: Call, work: Work): Promise<ConnectionFate> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = reuseUpstream(deps, call) ?? (await connectUpstream(deps, call));
    const wire = wireOf(connection.socket);
    call.connection.wire.onBroken(() => connection.destroy());
    try {
      const answer = await sendAndAwait(deps, call, work, wire);
      if (answer.head.kind !== 'answer') {
        connection.destroy();
        if (answer.head.kind === 'lost' && connection.reused && attempt === 1 && isRepeatable(call, work))
          continue;
        throw unanswered(answer.head);
      }
      return await finish(deps, call, work, { connection, wire, ...answer, head: answer.head });
    } catch (err) {
      connection.destroy();
      throw err;
    } finally {
      call.connection.wire.onBroken(undefined);
      call.connection.wire.idleTimeout(deps.timeouts.idleMs);
    }
  }
}

interface Sent {
  readonly head: AnswerHead;
  /** False when the cloud answered before it had the whole body. */
  readonly wholeBodySent: boolean;
}

async function sendAndAwait(deps: ForwardDeps, call: Call, work: Work, wire: Wire): Promise<Sent> {
  const signed = signedHead(deps, call, work);
  wire.idleTimeout(deps.timeouts.answerMs);
  if (work.body.kind !== 'stream') waitForTheCloudAlone(call);
  const awaitHead = (): Promise<AnswerHead> =>
    readAnswerHead(wire, { method: call.head.method, nowMs: () => deps.clock.nowMs() });
  switch (work.body.kind) {
    case 'none':
      void wire.write(signed.text);
      return { head: await finalHead(awaitHead(), awaitHead), wholeBodySent: true };
    case 'memory':
      call.bytesIn = work.body.bytes.length;
      void wire.write(headWithBody(signed.text, work.body.bytes));
      return { head: await finalHead(awaitHead(), awaitHead), wholeBodySent: true };
    case 'file':
      call.bytesIn = work.body.file.bytes;
      await wire.write(signed.text);
      for await (const piece of work.body.file.read()) {
        if (wire.broken) break;
        await wire.write(piece);
      }
      return { head: await finalHead(awaitHead(), awaitHead), wholeBodySent: true };
    case 'stream':
      return sendStreamAndAwait({ deps, call, work, wire, signed }, awaitHead);
  }
}

async function sendStreamAndAwait(
  {
    deps,
    call,
    work,
    wire,
    signed,
  }: { deps: ForwardDeps; call: Call; work: Work; wire: Wire; signed: SignedHead },
  awaitHead: () => Promise<AnswerHead>,
): Promise<Sent> {
  await wire.write(signed.text);
  let next = awaitHead();
  if (work.expectsContinue) {
    waitForTheCloudAlone(call);
    const first = await Promise.race([next, setTimeout(continueWithinMs, noHeadYet, { ref: false })]);
    if (first !== noHeadYet && first.kind !== 'continue') return { head: first, wholeBodySent: false };
    if (first !== noHeadYet) next = awaitHead();
    call.connection.wire.idleTimeout(deps.timeouts.idleMs);
    await call.connection.wire.write('HTTP/1.1 100 Continue\r\n\r\n');
  }
  let isAnswered = false;
  const answer = finalHead(next, awaitHead).then((head) => {
    isAnswered = true;
    return head;
  });
  const sending = sendStream(call, wire, {
    framing: work.framing,
    pass: bodyPassOf({
      admitted: work.admitted,
      credentials: work.credentials,
      signed,
      signingKeys: deps.signingKeys,
    }),
    isWanted: () => !isAnswered,
  });
  const first = await Promise.race([sending, answer]);
  if (first.kind === 'complete') waitForTheCloudAlone(call);
  else if (isSendEnd(first)) throwUnlessUnwanted(first);
  return { head: await answer, wholeBodySent: first.kind === 'complete' };
}

/** The client has said all that it has to say, and may be silent for as long as the cloud takes. */
function waitForTheCloudAlone({ connection }: Call): void {
  connection.wire.idleTimeout(0);
}

function isSendEnd(first: SendEnd | AnswerHead): first is SendEnd {
  return first.kind === 'refused' || first.kind === 'client-gone' || first.kind === 'not-wanted';
}

function throwUnlessUnwanted(end: SendEnd): void {
  if (end.kind === 'refused') throw end.refusal;
  if (end.kind === 'client-gone') throw clientGone();
}

/**
 * Clouds that know nothing of Expect wait for the body, and the client waits as well: after this long it is told to go on
 * (RFC 9110 10.1.1: nobody should wait for a 100 indefinitely).
 */
const continueWithinMs = 1000;
const noHeadYet = Symbol('no head yet');

/** An unasked 100 says nothing. */
async function finalHead(
  next: Promise<AnswerHead>,
  awaitHead: () => Promise<AnswerHead>,
): Promise<AnswerHead> {
  let head = await next;
  while (head.kind === 'continue') head = await awaitHead();
  return head;
}

function signedHead(deps: ForwardDeps, call: Call, work: Work): SignedHead {
  const { admitted, verified, credentials } = work;
  return signAgain({
    head: call.head,
    parsed: forRegion(admitted.parsed, admitted.target.signingRegion),
    verified,
    host: admitted.target.host,
    credentials,
    nowMs: deps.clock.nowMs(),
    framingLines: framingLines(work, call.head.method),
    signingKeys: deps.signingKeys,
  });
}

/** In endpoint mode a client signs for its own region, also where the service is signed for another. */
function forRegion(parsed: ParsedSignature, region: string): ParsedSignature {
  return parsed.scope.region === region ? parsed : { ...parsed, scope: { ...parsed.scope, region } };
}

function framingLines({ body, framing, expectsContinue }: Work, method: string): string {
  switch (body.kind) {
    case 'memory':
      return `content-length: ${body.bytes.length}\r\n`;
    case 'file':
      return `content-length: ${body.file.bytes}\r\n`;
    case 'none':
      return method === 'GET' || method === 'HEAD' ? '' : 'content-length: 0\r\n';
    case 'stream': {
      const length =
        framing.kind === 'length' ? `content-length: ${framing.bytes}` : 'transfer-encoding: chunked';
      return `${length}\r\n${expectsContinue ? 'expect: 100-continue\r\n' : ''}`;
    }
  }
}

interface Answered {
  readonly connection: UpstreamConnection;
  readonly wire: Wire;
  readonly head: Extract<AnswerHead, { kind: 'answer' }>;
  readonly wholeBodySent: boolean;
}

async function finish(
  deps: ForwardDeps,
  call: Call,
  work: Work,
  answered: Answered,
): Promise<ConnectionFate> {
  const { connection, wire, head: answer, wholeBodySent } = answered;
  const closes = work.closes || !wholeBodySent;
  const toClient = responseToClient(answer.head, { framing: answer.framing, callId: call.id, closes });
  call.status = answer.head.status;
  call.cloudRequestId = toClient.cloudRequestId;
  observeDate(deps, call, toClient.date);
  wire.idleTimeout(deps.timeouts.idleMs);
  call.connection.wire.idleTimeout(deps.timeouts.idleMs);
  const relayed = relayAnswer(call, wire, { headText: toClient.text, framing: answer.framing });
  const end = typeof relayed === 'string' ? relayed : await relayed;
  if (end !== 'complete') {
    connection.destroy();
    call.outcome = 'failed';
    call.refusal = end;
    call.connection.wire.socket.destroy();
    return 'close';
  }
  call.outcome = 'answered';
  // Bytes after the answer are nobody's answer: such a connection is not used again.
  if (toClient.keepsUpstream && wholeBodySent && wire.peek().length === 0 && !wire.broken) {
    // Once and before it is given back: after that the wire is somebody else's.
    wire.detach();
    connection.release();
  } else {
    connection.destroy();
  }
  return closes ? 'close' : 'keep';
}

function observeDate({ skewGuard, clock }: ForwardDeps, call: Call, date: string | undefined): void {
  if (date === undefined) return;
  const nowMs = clock.nowMs();
  // A clock does not run away within a second: looking at every answer would only cost.
  if (!skewGuard.needsProbe(call.host, 1000)) return;
  skewGuard.observe(call.host, { dateHeader: date, sentAtMs: call.startedAtMs, receivedAtMs: nowMs });
}

function isRepeatable({ head: { method } }: Call, { body }: Work): boolean {
  const isIdempotent = method === 'GET' || method === 'HEAD' || method === 'PUT' || method === 'DELETE';
  return isIdempotent && body.kind !== 'stream';
}

function unanswered(head: Exclude<AnswerHead, { kind: 'answer' }>): RefusedCall {
  switch (head.kind) {
    case 'timeout':
      return new RefusedCall('cloud-timeout', 'The cloud did not answer in time.', { closes: true });
    case 'malformed':
      return new RefusedCall('upstream-broke-off', 'What the cloud answered is not HTTP.', { closes: true });
    default:
      return new RefusedCall('upstream-broke-off', 'The cloud closed the connection without an answer.', {
        closes: true,
      });
  }
}

function clientGone(): RefusedCall {
  return new RefusedCall('client-gone', 'The client went away.', { closes: true });
}
