import {
  type AccessRequestAction,
  type accessRequestApproveRoute,
  accessRequestTransitions,
} from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { AccessRequest } from '@cloud-gateway/store';

export type AccessRequestBody = HandlerAnswer<typeof accessRequestApproveRoute>['body'];

export function toAccessRequestBody(request: AccessRequest): AccessRequestBody {
  return {
    id: request.id,
    organizationId: request.organizationId,
    environmentId: request.environmentId,
    cloud: request.cloud,
    services: [...request.services],
    reason: request.reason,
    state: request.state,
    legalActions: legalActions(request),
    requestedBy: request.requestedBy,
    requestedAt: request.requestedAt.toISOString(),
    decidedBy: request.decidedBy,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    decisionReason: request.decisionReason,
    credentialId: request.credentialId,
    accountId: request.accountId,
    policyGroupId: request.policyGroupId,
    allowedCredentialActions: [...request.allowedCredentialActions],
    accessKeyId: request.accessKeyId,
    activatedAt: request.activatedAt?.toISOString() ?? null,
    endedBy: request.endedBy,
    endedAt: request.endedAt?.toISOString() ?? null,
    endReason: request.endReason,
  };
}

/** What may be done to it in its present state. */
export function legalActions({ state }: Pick<AccessRequest, 'state'>): AccessRequestAction[] {
  // Object.keys forgets which keys these are.
  return Object.keys(accessRequestTransitions[state]) as AccessRequestAction[];
}
