// Calls a handler with a deadline, and turns whatever comes out into a reply.
import { GatewayError, isGatewayError, type ReplyEnvelope } from '@cloud-gateway/contracts';
import { encodeAnswer } from './encode-answer.ts';
import type { HandlerRequest } from './handler.ts';
import type { OpenedRequest } from './open-request.ts';

/** Rejects with GatewayError only; what a handler throws otherwise is logged here, once, and becomes `internal`. */
export async function runHandler(request: OpenedRequest, attempt: number): Promise<ReplyEnvelope> {
  const { handler, envelope, log } = request;
  try {
    const answer = await handler.handle({
      params: request.params,
      query: request.query,
      body: request.body,
      headers: envelope.headers,
      requestId: request.requestId,
      idempotencyKey: request.idempotencyKey,
      attempt,
      deadlineAtMs: request.deadlineAtMs,
      get signal() {
        // Most reads never look at it, and a timer for each would be wasted.
        return AbortSignal.timeout(Math.max(1, request.deadlineAtMs - Date.now()));
      },
      log,
      // Routes without a caller are defined by publicHandler, whose request type has none.
      caller: request.caller as NonNullable<typeof request.caller>,
    } satisfies HandlerRequest<typeof handler.route>);
    return encodeAnswer(handler.route, answer);
  } catch (err) {
    if (isGatewayError(err)) throw err;
    log.error('a handler failed', { err });
    throw new GatewayError('internal', { message: 'The gateway failed to handle this request.', cause: err });
  }
}
