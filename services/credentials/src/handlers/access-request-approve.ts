// Locks credentials, then policy group, then request, as whoever deletes or unlinks one of them does: so nothing can go
// away while it is chosen. If we die after the commit, the repetition finds in the audit log that it was approved.
import {
  accessRequestApproveRoute,
  type ErrorCode,
  type FieldIssue,
  GatewayError,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { AccessRequest, Credential, Repositories } from '@cloud-gateway/store';
import { toAccessRequestBody } from '../access-request-body.ts';
import { assertOwnPolicyGroup } from '../assert-own-policy-group.ts';
import { assertUsable } from '../assert-usable-credentials.ts';
import { assertLegal, changeAccessRequest, findEarlierChange } from '../change-access-request.ts';
import { findAccessRequest } from '../find-access-request.ts';
import { findEnvironment } from '../find-environment.ts';
import type { ServiceCatalogue } from '../service-catalogue.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'servicesOf'>;
type Request = HandlerRequest<typeof accessRequestApproveRoute>;

/** Safe to run twice: a request is approved once. */
export function accessRequestApprove(deps: Deps): Handler {
  return handler(accessRequestApproveRoute, async (request) => {
    const { store, clock, servicesOf } = deps;
    const id = request.params.request;
    const { organizationId } = request.caller;
    const approved = await store.inTransaction(async (tx) => {
      const pending = await findAccessRequest(tx, { id, organizationId });
      const earlier = await findEarlierChange(tx, { clock, request }, { id, action: 'approve' });
      if (earlier !== undefined) return earlier;
      assertLegal(pending, 'approve');
      assertCredentialActions(request.body.allowedCredentialActions, servicesOf(pending.cloud));
      const credential = await chooseCredentials(tx, request, pending);
      await choosePolicyGroup(tx, request);
      return approve(tx, { deps, request, credential });
    });
    return { body: toAccessRequestBody(approved) };
  });
}

function assertCredentialActions(actions: readonly string[], { credentialActions }: ServiceCatalogue): void {
  const issues = actions.flatMap<FieldIssue>((action, index) =>
    credentialActions.has(action)
      ? []
      : {
          path: `body.allowedCredentialActions.${index}`,
          message: `${action} is no call that hands out credentials; it needs no permission here`,
        },
  );
  if (issues.length === 0) return;
  throw new GatewayError('validation-failed', {
    message: 'Only calls that hand out real cloud credentials are allowed by name.',
    issues,
  });
}

async function chooseCredentials(
  tx: Repositories,
  { body: { credentialId: id }, caller: { organizationId } }: Request,
  { environmentId, cloud }: AccessRequest,
): Promise<Credential> {
  const credential = await tx.credentials.lock(id);
  assertUsable(credential, { id, organizationId });
  if (credential.cloud !== cloud) {
    throw refused(
      'conflict',
      `The credentials ${id} are of ${credential.cloud}, the request is for ${cloud}.`,
    );
  }
  const environment = await findEnvironment(tx, { id: environmentId, organizationId });
  if (!environment.credentialIds.includes(id)) {
    throw refused(
      'conflict',
      `The credentials ${id} are not linked to the environment ${environment.name} of the request. Link them first: PUT /v1/environments/${environmentId}/credentials/${id}.`,
    );
  }
  if (credential.status !== 'valid') {
    throw refused(
      'conflict',
      `The cloud does not accept the credentials ${id} (${credential.statusReason ?? 'no reason given'}). Replace them, or check them again.`,
    );
  }
  return credential;
}

async function choosePolicyGroup(tx: Repositories, { body, caller }: Request): Promise<void> {
  const { policyGroupId: id } = body;
  if (id === undefined) return;
  assertOwnPolicyGroup(await tx.policyGroups.lock(id), { id, organizationId: caller.organizationId });
}

function approve(
  tx: Repositories,
  { deps: { clock }, request, credential }: { deps: Deps; request: Request; credential: Credential },
): Promise<AccessRequest> {
  const { policyGroupId = null, reason } = request.body;
  const allowedCredentialActions = [...new Set(request.body.allowedCredentialActions)];
  const { id: credentialId, accountId } = credential;
  const chosen = { credentialId, accountId, policyGroupId, allowedCredentialActions };
  return changeAccessRequest(
    tx,
    { clock, request },
    {
      id: request.params.request,
      action: 'approve',
      reason,
      details: chosen,
      set: () => ({
        ...chosen,
        decidedBy: request.caller.clientId,
        decidedAt: new Date(clock.nowMs()),
        decisionReason: reason ?? null,
      }),
    },
  );
}

function refused(code: ErrorCode, message: string): GatewayError {
  return new GatewayError(code, { message });
}
