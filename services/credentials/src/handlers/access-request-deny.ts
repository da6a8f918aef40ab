import { accessRequestDenyRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toAccessRequestBody } from '../access-request-body.ts';
import { changeAccessRequest, findEarlierChange } from '../change-access-request.ts';
import { findAccessRequest } from '../find-access-request.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Safe to run twice: a request is denied once. */
export function accessRequestDeny({ store, clock }: Pick<HandlerDeps, 'store' | 'clock'>): Handler {
  return handler(accessRequestDenyRoute, async (request) => {
    const id = request.params.request;
    const { organizationId, clientId } = request.caller;
    const { reason } = request.body;
    const action = 'deny';
    const denied = await store.inTransaction(async (tx) => {
      await findAccessRequest(tx, { id, organizationId });
      const earlier = await findEarlierChange(tx, { clock, request }, { id, action });
      if (earlier !== undefined) return earlier;
      const set = () => ({
        decidedBy: clientId,
        decidedAt: new Date(clock.nowMs()),
        decisionReason: reason,
      });
      return changeAccessRequest(tx, { clock, request }, { id, action, reason, set });
    });
    return { body: toAccessRequestBody(denied) };
  });
}
