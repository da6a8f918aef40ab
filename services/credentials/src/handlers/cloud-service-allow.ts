import { auditEntry } from '@cloud-gateway/access';
import { cloudServiceAllowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toCloudServiceBody } from '../cloud-service-body.ts';
import { findCloudService } from '../find-cloud-service.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;

/** Safe to run twice: a service is allowed once. */
export function cloudServiceAllow(deps: Deps): Handler {
  return handler(cloudServiceAllowRoute, async (request) => {
    const { store, clock } = deps;
    const { cloud, service, catalogue } = findCloudService(deps, request.params);
    const { organizationId, clientId } = request.caller;
    const allowed = await store.inTransaction(async (tx) => {
      const permit = {
        organizationId,
        cloud,
        service: service.id,
        allowedBy: clientId,
        createdAt: new Date(clock.nowMs()),
      };
      if (!catalogue.alwaysRequestable.has(service.id) && (await tx.allowedServices.allow(permit))) {
        const act = { action: 'cloud-service.allowed', subjectId: service.id, details: { cloud } } as const;
        await tx.audit.append(auditEntry(clock, request, act));
      }
      return tx.allowedServices.list(organizationId);
    });
    return { body: toCloudServiceBody({ cloud, service, catalogue, allowed }) };
  });
}
