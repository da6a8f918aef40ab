import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { Credential } from '@cloud-gateway/store';

/** Throws not-found when there are none, or they are another organization's: who asks must not learn which. */
export function assertUsable(
  credential: Credential | undefined,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): asserts credential is Credential {
  const owner = credential?.organizationId;
  if (credential !== undefined && (owner === null || owner === organizationId)) return;
  throw new GatewayError('not-found', {
    message: `There are no cloud credentials ${id} in your organization; GET /v1/cloud-credentials lists them.`,
  });
}

/** Usable, and the caller's to change: global ones belong to whoever manages organizations. */
export function assertChangeable(
  credential: Credential | undefined,
  { id, caller }: { readonly id: string; readonly caller: Caller },
): asserts credential is Credential {
  assertUsable(credential, { id, organizationId: caller.organizationId });
  if (credential.organizationId === null) assertMayManageGlobal(caller);
}

export function assertMayManageGlobal(caller: Caller): void {
  if (caller.permissions.has('organizations:manage')) return;
  throw new GatewayError('forbidden', {
    message:
      'Global cloud credentials are for every organization: storing, replacing, checking and deleting them needs the permission organizations:manage.',
  });
}
