import type { Clock } from '@cloud-gateway/clock';
import { administrativeEntry, type OutboxEntry } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

/**
 * Makes the event that tells that a client has proven an account, or has given it up. Its scope is the organization:
 * the account's other clients learn nothing of this one.
 */
export function accountEvent(
  clock: Clock,
  { clientId, organizationId }: { readonly clientId: string; readonly organizationId: string },
  { subject, account }: { subject: 'account.proven' | 'account.forgotten'; account: string },
): OutboxEntry {
  return administrativeEntry({
    id: mintId('evt', clock),
    subject,
    scope: organizationId,
    atMs: clock.nowMs(),
    details: { clientId, account },
  });
}
