import type { ActingRequest } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import type { AccessRequest, AccessRequestChange, Store } from '@cloud-gateway/store';
import { changeAccessRequest, findEarlierChange } from './change-access-request.ts';
import { findAccessRequest } from './find-access-request.ts';

interface Ending {
  readonly id: string;
  readonly action: 'revoke' | 'archive';
  readonly reason: string | undefined;
}

/** Revokes a request or puts it away. Safe to run twice: each is done once. */
export function endAccessRequest(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  request: ActingRequest & { readonly attempt: number },
  { id, action, reason }: Ending,
): Promise<AccessRequest> {
  const { organizationId, clientId } = request.caller;
  // What was revoked and is put away later ended when it was revoked.
  const set = ({ endedAt }: AccessRequest): AccessRequestChange =>
    endedAt === null
      ? { endedBy: clientId, endedAt: new Date(clock.nowMs()), endReason: reason ?? null }
      : {};
  return store.inTransaction(async (tx) => {
    await findAccessRequest(tx, { id, organizationId });
    const earlier = await findEarlierChange(tx, { clock, request }, { id, action });
    return earlier ?? changeAccessRequest(tx, { clock, request }, { id, action, reason, set });
  });
}
