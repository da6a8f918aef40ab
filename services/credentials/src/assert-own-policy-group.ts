import { GatewayError } from '@cloud-gateway/contracts';
import type { PolicyGroup } from '@cloud-gateway/store';

/** Throws not-found when there is none, or it is another organization's: who asks must not learn which. */
export function assertOwnPolicyGroup(
  group: PolicyGroup | undefined,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): asserts group is PolicyGroup {
  if (group?.organizationId === organizationId) return;
  throw new GatewayError('not-found', {
    message: `There is no policy group ${id} in your organization; GET /v1/policy-groups lists them.`,
  });
}
