// The entry of the audit log for an act of a caller. Details never hold a secret.
import type { Caller } from '@cloud-gateway/messaging';
import type { NewAuditEntry } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export type AuditAction =
  | 'token.created'
  | 'token.refused'
  | 'token.revoked'
  | 'organization.created'
  | 'client.created'
  | 'client.disabled'
  | 'account.proven'
  | 'account.forgotten'
  | 'environment.created'
  | 'environment.updated'
  | 'environment.linked'
  | 'environment.unlinked'
  | 'cloud-credentials.created'
  | 'cloud-credentials.replaced'
  | 'cloud-credentials.deleted'
  | 'cloud-credentials.checked'
  | 'cloud-service.allowed'
  | 'cloud-service.disallowed'
  | 'access-request.created'
  | 'access-request.approved'
  | 'access-request.denied'
  | 'access-request.activated'
  | 'access-request.revoked'
  | 'access-request.archived'
  | 'policy-group.created'
  | 'policy-group.replaced'
  | 'policy-group.deleted'
  | 'subscription.created'
  | 'subscription.ended'
  | 'subscription.drops-cleared'
  | 'subscription.dead-letter-redelivered'
  | 'subscription.dead-letter-discarded';

export interface Act {
  readonly action: AuditAction;
  readonly subjectId: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The request of the caller who acts: its id goes into the log, its key is what a repetition is recognised by. */
export interface ActingRequest {
  readonly caller: Pick<Caller, 'clientId' | 'organizationId'>;
  readonly requestId: string;
  readonly idempotencyKey: string;
}

export function auditEntry(
  clock: { nowMs(): number },
  request: ActingRequest,
  { action, subjectId, details = {} }: Act,
): NewAuditEntry {
  return {
    id: mintId('aud', clock),
    at: new Date(clock.nowMs()),
    organizationId: request.caller.organizationId,
    actorId: request.caller.clientId,
    action,
    subjectId,
    requestId: request.requestId,
    idempotencyKey: request.idempotencyKey,
    details,
  };
}

/** The entry for what the operator does past the API: there is neither a caller nor a request. */
export function operatorEntry(
  clock: { nowMs(): number },
  organizationId: string,
  { action, subjectId, details = {} }: Act,
): NewAuditEntry {
  return {
    id: mintId('aud', clock),
    at: new Date(clock.nowMs()),
    organizationId,
    actorId: null,
    action,
    subjectId,
    requestId: null,
    details,
  };
}
