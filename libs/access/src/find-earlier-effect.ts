// A write is executed again when its process died before the outcome was stored; the effect may be in the database
// already. The audit log knows, because it is written in the same transaction as the effect.
import type { Repositories } from '@cloud-gateway/store';
import type { ActingRequest, AuditAction } from './audit-entry.ts';

// Longer than a message or a caller goes on trying, and shorter than a key may be used for another wish.
const memoryMs = 24 * 3_600_000;

/** Gives the subject of the same act in an earlier attempt of this request; undefined when there was none. */
export async function findEarlierEffect(
  { audit, clock }: Pick<Repositories, 'audit'> & { readonly clock: { nowMs(): number } },
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
