import type { Clock } from '@cloud-gateway/clock';
import { administrativeEntry, type OutboxEntry } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

/** Makes the event by which every process learns that tokens are refused from now on. */
export function revocationEvent(
  clock: Clock,
  organizationId: string,
  details: { readonly tokenIds: readonly string[] } | { readonly clientId: string },
): OutboxEntry {
  return administrativeEntry({
    id: mintId('evt', clock),
    subject: 'token.revoked',
    scope: organizationId,
    atMs: clock.nowMs(),
    details,
  });
}
