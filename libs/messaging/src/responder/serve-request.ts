// From a delivery to its answer, whatever the message holds: opened, run, and every refusal and fault turned into a
// problem. Knows nothing of channels; start-responder.ts sends what comes out.
import { GatewayError, isGatewayError, type ReplyEnvelope } from '@cloud-gateway/contracts';
import type { Delivery } from './delivery.ts';
import { encodeProblem } from './encode-answer.ts';
import { type OpenedRequest, openRequest, type RequestOpener } from './open-request.ts';
import { parseRequestEnvelope } from './parse-request-envelope.ts';
import { isAllowedReplyAddress } from './reply-address.ts';

export interface Served {
  /** Undefined when nobody waits any more, or nobody may be answered. */
  readonly reply: ReplyEnvelope | undefined;
  readonly request: OpenedRequest | undefined;
  /** The code of the refusal or fault. */
  readonly code: string | undefined;
}

export interface RequestServer extends RequestOpener {
  readonly defaultTimeoutMs: number;
  readonly now: () => number;
}

export async function serveRequest(
  server: RequestServer,
  delivery: Delivery,
  run: (request: OpenedRequest) => Promise<ReplyEnvelope>,
): Promise<Served> {
  let request: OpenedRequest | undefined;
  try {
    const envelope = parseRequestEnvelope(delivery.message.content);
    const deadlineAtMs = envelope.deadlineAt ?? deadlineFromExpiration(delivery, server.defaultTimeoutMs);
    if (deadlineAtMs <= server.now()) return dropped('deadline-exceeded');
    request = await openRequest(server, delivery, envelope, deadlineAtMs);
    if (mayNotAnswer(delivery, request)) {
      server.log.warn('a request was dropped: its reply_to is not the caller’s own queue', {
        requestId: delivery.requestId,
        replyTo: delivery.replyTo,
      });
      return dropped('forbidden', request);
    }
    return { reply: await run(request), request, code: undefined };
  } catch (err) {
    const error = toGatewayError(server, delivery, err);
    return { reply: encodeProblem(error, delivery.requestId), request, code: error.code };
  }
}

function mayNotAnswer({ replyTo, userId }: Delivery, { caller }: OpenedRequest): boolean {
  return replyTo !== undefined && !isAllowedReplyAddress(replyTo, caller?.clientId ?? userId);
}

function dropped(code: string, request?: OpenedRequest): Served {
  return { reply: undefined, request, code };
}

function toGatewayError({ log }: RequestServer, delivery: Delivery, err: unknown): GatewayError {
  if (isGatewayError(err)) return err;
  log.error('a request failed outside its handler', { requestId: delivery.requestId, err });
  return new GatewayError('internal', { message: 'The gateway failed to handle this request.', cause: err });
}

function deadlineFromExpiration(delivery: Delivery, defaultTimeoutMs: number): number {
  const expirationMs = Number(delivery.message.properties.expiration);
  return delivery.receivedAtMs + (expirationMs > 0 ? expirationMs : defaultTimeoutMs);
}
