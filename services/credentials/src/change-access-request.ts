// The one way in which an access request changes its state: under its lock, along the legal transitions only, with its
// audit entry and its event in the same transaction.

import { type ActingRequest, auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import { type AccessRequestAction, GatewayError, nextState } from '@cloud-gateway/contracts';
import type { AccessRequest, AccessRequestChange, Repositories } from '@cloud-gateway/store';
import { legalActions } from './access-request-body.ts';
import { type AccessRequestSubject, accessRequestEvent } from './access-request-event.ts';

/** Of the audit entry and the event. */
const subjects = {
  approve: 'access-request.approved',
  deny: 'access-request.denied',
  'take-secret': 'access-request.activated',
  revoke: 'access-request.revoked',
  archive: 'access-request.archived',
} as const satisfies Record<AccessRequestAction, AccessRequestSubject>;

export interface RequestedChange {
  readonly id: string;
  readonly action: AccessRequestAction;
  readonly reason?: string | undefined;
  readonly set: (present: AccessRequest) => AccessRequestChange;
  /** For the audit log, beside the reason; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

type Attempt = ActingRequest & { readonly attempt: number };

/** Returns the changed request. Throws conflict when its present state does not allow the action. */
export async function changeAccessRequest(
  tx: Repositories,
  { clock, request }: { readonly clock: Clock; readonly request: Attempt },
  { id, action, reason = undefined, set, details = {} }: RequestedChange,
): Promise<AccessRequest> {
  const present = await tx.accessRequests.lock(id);
  if (present === undefined) throw new Error(`access request ${id} vanished`);
  const to = assertLegal(present, action);
  const isChanged = await tx.accessRequests.transition(id, { from: present.state, to, set: set(present) });
  const changed = await tx.accessRequests.find(id);
  if (!isChanged || changed === undefined) throw new Error(`access request ${id} changed under its lock`);

  const subject = subjects[action];
  const because = reason ?? null;
  const entry = {
    action: subject,
    subjectId: id,
    details: { ...details, from: present.state, reason: because },
  };
  await tx.audit.append(auditEntry(clock, request, entry));
  const news = { subject, by: request.caller.clientId, reason: because };
  await tx.outbox.append([accessRequestEvent(clock, changed, news)]);
  return changed;
}

/** Gives the request as it is now when an earlier attempt of the same wish has done the action already. */
export async function findEarlierChange(
  tx: Repositories,
  { clock, request }: { readonly clock: Clock; readonly request: Attempt },
  { id, action }: Pick<RequestedChange, 'id' | 'action'>,
): Promise<AccessRequest | undefined> {
  const earlierId = await findEarlierEffect({ audit: tx.audit, clock }, request, subjects[action]);
  return earlierId === id ? tx.accessRequests.find(id) : undefined;
}

/** Gives the state that the action leads to. */
export function assertLegal(request: AccessRequest, action: AccessRequestAction) {
  const to = nextState(request.state, action);
  if (to !== undefined) return to;
  const legal = legalActions(request);
  throw new GatewayError('conflict', {
    message:
      legal.length === 0
        ? `The request is ${request.state}: ${action} is not legal now, and nothing else is either. Make a new request.`
        : `The request is ${request.state}: ${action} is not legal now; legal now: ${legal.join(', ')}.`,
  });
}
