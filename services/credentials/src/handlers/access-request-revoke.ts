import { accessRequestRevokeRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toAccessRequestBody } from '../access-request-body.ts';
import { endAccessRequest } from '../end-access-request.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a request is revoked once. */
export function accessRequestRevoke({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(accessRequestRevokeRoute, async (request) => {
    const { params, body } = request;
    const ending = { id: params.request, action: 'revoke', reason: body.reason } as const;
    return { body: toAccessRequestBody(await endAccessRequest({ store, clock }, request, ending)) };
  });
}
