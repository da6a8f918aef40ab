// The way from a delivery to a request that a handler may see, in the order in which refusals are cheapest:
// decode → route → deadline → authenticate → permission → validate.
import { GatewayError, type RequestEnvelope } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { Delivery } from './delivery.ts';
import type { Caller, Handler } from './handler.ts';
import type { ResponderOptions } from './responder-options.ts';
import type { createRouteFinder } from './route-finder.ts';
import { type ValidRequest, validateRequest } from './validate-request.ts';

export interface OpenedRequest extends ValidRequest {
  readonly handler: Handler;
  readonly caller: Caller | undefined;
  readonly envelope: RequestEnvelope;
  readonly requestId: string;
  readonly idempotencyKey: string;
  readonly deadlineAtMs: number;
  readonly log: Logger;
}

export interface RequestOpener extends Pick<ResponderOptions, 'authenticate' | 'log'> {
  readonly findRoute: ReturnType<typeof createRouteFinder>;
}

export async function openRequest(
  { findRoute, authenticate, log }: RequestOpener,
  delivery: Delivery,
  envelope: RequestEnvelope,
  deadlineAtMs: number,
): Promise<OpenedRequest> {
  const { handler, pathParams } = findRoute(envelope.method, envelope.path);
  const { route } = handler;
  const caller =
    route.auth === 'token' ? await authenticate(onlyOne(envelope.headers['authorization'])) : undefined;
  if (caller && route.permission && !caller.permissions.has(route.permission)) {
    throw new GatewayError('forbidden', {
      message: `This needs the permission ${route.permission}, which your token does not have.`,
    });
  }
  const { params, query, body } = validateRequest(route, envelope, pathParams);
  return {
    params,
    query,
    body,
    handler,
    caller,
    envelope,
    requestId: delivery.requestId,
    idempotencyKey: idempotencyKeyOf(envelope, delivery.requestId),
    deadlineAtMs,
    log: log.child({ requestId: delivery.requestId, route: route.name, clientId: caller?.clientId }),
  };
}

function onlyOne(header: string | string[] | undefined): string | undefined {
  if (Array.isArray(header)) {
    throw new GatewayError('malformed-request', {
      message: 'The Authorization header was sent more than once.',
    });
  }
  return header;
}

function idempotencyKeyOf(envelope: RequestEnvelope, requestId: string): string {
  const key = envelope.headers['idempotency-key'];
  if (key === undefined) return requestId;
  if (Array.isArray(key) || key.trim() === '' || key.length > 255) {
    throw new GatewayError('validation-failed', {
      message: 'header.idempotency-key: must be sent once, with 1 to 255 characters',
      issues: [{ path: 'header.idempotency-key', message: 'must be sent once, with 1 to 255 characters' }],
    });
  }
  return key;
}
