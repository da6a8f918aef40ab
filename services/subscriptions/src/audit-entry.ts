// What is written into the audit log about subscriptions, and how a repeated request finds there what it did before.
import type { Clock } from '@cloud-gateway/clock';
import type { Caller } from '@cloud-gateway/messaging';
import type { NewAuditEntry, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export type AuditAction =
  | 'subscription.created'
  | 'subscription.ended'
  | 'subscription.drops-cleared'
  | 'subscription.dead-letter-redelivered'
  | 'subscription.dead-letter-discarded';

export interface Act {
  readonly action: AuditAction;
  readonly subjectId: string;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface ActingRequest {
  readonly caller: Pick<Caller, 'clientId' | 'organizationId'>;
  readonly requestId: string;
  readonly idempotencyKey: string;
}

export function auditEntry(
  clock: Clock,
  { caller, requestId, idempotencyKey }: ActingRequest,
  { action, subjectId, details = {} }: Act,
): NewAuditEntry {
  return {
    id: mintId('aud', clock),
    at: new Date(clock.nowMs()),
    organizationId: caller.organizationId,
    actorId: caller.clientId,
    action,
    subjectId,
    requestId,
    idempotencyKey,
    details,
  };
}

// Longer than a message or a caller goes on trying, and shorter than a key may be used for another wish.
const memoryMs = 24 * 3_600_000;

/** The subject of the same act in an earlier attempt of this request, one that died before its outcome was stored. */
export async function findEarlierEffect(
  { audit, clock }: Pick<Repositories, 'audit'> & { readonly clock: Clock },
  request: ActingRequest & { readonly attempt: number },
  action: AuditAction,
): Promise<string | undefined> {
  if (request.attempt === 1) return undefined;
  const [entry] = await audit.list({
    actorId: request.caller.clientId,
    action,
    idempotencyKey: request.idempotencyKey,
    since: new Date(clock.nowMs() - memoryMs),
    limit: 1,
  });
  return entry?.subjectId ?? undefined;
}
