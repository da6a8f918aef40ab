// If we die: before the commit nothing is kept. After it, the repetition finds in the audit log what was requested.

import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { accessRequestCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { AccessRequest, Repositories } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { toAccessRequestBody } from '../access-request-body.ts';
import { accessRequestEvent } from '../access-request-event.ts';
import { findEnvironment } from '../find-environment.ts';
import { requestedServices } from '../requested-services.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;
type Request = HandlerRequest<typeof accessRequestCreateRoute>;

export function accessRequestCreate(deps: Deps): Handler {
  return handler(accessRequestCreateRoute, async (request) => {
    const created = await deps.store.inTransaction(
      async (tx) => (await findEarlier(tx, deps, request)) ?? (await create(tx, deps, request)),
    );
    return { body: toAccessRequestBody(created) };
  });
}

async function findEarlier(
  { audit, accessRequests }: Repositories,
  { clock }: Deps,
  request: Request,
): Promise<AccessRequest | undefined> {
  const earlierId = await findEarlierEffect({ audit, clock }, request, 'access-request.created');
  return earlierId === undefined ? undefined : accessRequests.find(earlierId);
}

async function create(
  tx: Repositories,
  { clock, clouds, servicesOf }: Deps,
  request: Request,
): Promise<AccessRequest> {
  const { body, caller } = request;
  const { organizationId, clientId } = caller;
  const { id: environmentId } = await findEnvironment(tx, { id: body.environmentId, organizationId });
  const { id: cloud } = clouds.get(body.cloud);
  const services = requestedServices({
    names: body.services,
    cloud,
    catalogue: servicesOf(cloud),
    allowed: await tx.allowedServices.list(organizationId),
  });
  const id = mintId('acr', clock);
  const reason = body.reason ?? null;
  await tx.accessRequests.create({
    id,
    organizationId,
    environmentId,
    cloud,
    services,
    reason,
    requestedBy: clientId,
    requestedAt: new Date(clock.nowMs()),
  });
  const created = await tx.accessRequests.find(id);
  if (created === undefined) throw new Error(`access request ${id} vanished`);
  const details = { environmentId, cloud, services, reason };
  const subject = 'access-request.created';
  await tx.audit.append(auditEntry(clock, request, { action: subject, subjectId: id, details }));
  await tx.outbox.append([accessRequestEvent(clock, created, { subject, by: clientId, reason })]);
  return created;
}
