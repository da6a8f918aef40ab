import type { Clock } from '@cloud-gateway/clock';
import type { AdministrativeSubject } from '@cloud-gateway/contracts';
import { type AccessRequest, administrativeEntry, type OutboxEntry } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';

export type AccessRequestSubject = Extract<AdministrativeSubject, `access-request.${string}`>;

/** Makes the event that tells what was done to a request, by whom and why. */
export function accessRequestEvent(
  clock: Clock,
  { id, organizationId, environmentId, cloud, services, requestedBy }: AccessRequest,
  { subject, by, reason }: { subject: AccessRequestSubject; by: string; reason: string | null },
): OutboxEntry {
  return administrativeEntry({
    id: mintId('evt', clock),
    subject,
    scope: organizationId,
    atMs: clock.nowMs(),
    details: { accessRequestId: id, environmentId, cloud, services, requestedBy, by, reason },
  });
}
