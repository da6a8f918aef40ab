import { auditEntry } from '@cloud-gateway/access';
import { cloudServiceDisallowRoute, GatewayError } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toCloudServiceBody } from '../cloud-service-body.ts';
import { findCloudService } from '../find-cloud-service.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clock' | 'clouds' | 'servicesOf'>;

/** Safe to run twice: what is not allowed stays so. */
export function cloudServiceDisallow(deps: Deps): Handler {
  return handler(cloudServiceDisallowRoute, async (request) => {
    const { store, clock } = deps;
    const { cloud, service, catalogue } = findCloudService(deps, request.params);
    if (catalogue.alwaysRequestable.has(service.id)) {
      throw new GatewayError('conflict', {
        message: `${service.name} can be requested everywhere; deny or revoke the requests for it instead.`,
      });
    }
    const { organizationId } = request.caller;
    const allowed = await store.inTransaction(async (tx) => {
      if (await tx.allowedServices.disallow({ organizationId, cloud, service: service.id })) {
        const act = {
          action: 'cloud-service.disallowed',
          subjectId: service.id,
          details: { cloud },
        } as const;
        await tx.audit.append(auditEntry(clock, request, act));
      }
      return tx.allowedServices.list(organizationId);
    });
    return { body: toCloudServiceBody({ cloud, service, catalogue, allowed }) };
  });
}
