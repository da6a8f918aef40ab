import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { AccessRequest, Repositories } from '@cloud-gateway/store';

type AccessRequests = Pick<Repositories, 'accessRequests'>;

/** For who manages requests. Throws not-found when there is none, or it is another organization's. */
export async function findAccessRequest(
  { accessRequests }: AccessRequests,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<AccessRequest> {
  const request = await accessRequests.find(id);
  if (request?.organizationId === organizationId) return request;
  throw notFound(id);
}

/** Throws not-found unless it is the caller's own, or the caller manages those of its organization. */
export async function findVisibleAccessRequest(
  repositories: AccessRequests,
  { id, caller }: { readonly id: string; readonly caller: Caller },
): Promise<AccessRequest> {
  const { organizationId, clientId, permissions } = caller;
  const request = await findAccessRequest(repositories, { id, organizationId });
  if (request.requestedBy === clientId || permissions.has('access-requests:manage')) return request;
  throw notFound(id);
}

function notFound(id: string): GatewayError {
  return new GatewayError('not-found', {
    message: `There is no access request ${id}; GET /v1/access-requests lists those that you may see.`,
  });
}
