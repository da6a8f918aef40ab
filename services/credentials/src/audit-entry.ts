// The entry of the audit log for an act of a caller. Details never hold a secret.
import type { Clock } from '@cloud-gateway/clock';
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
  | 'account.forgotten';

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
  clock: Clock,
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
