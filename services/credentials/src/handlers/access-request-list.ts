import { accessRequestListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { toAccessRequestBody } from '../access-request-body.ts';
import { pageOf } from '../page-of.ts';
import { findServiceOfAnyCloud } from '../service-catalogue.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'clouds' | 'servicesOf'>;

export function accessRequestList(deps: Deps): Handler {
  return handler(accessRequestListRoute, async ({ caller, query }) => {
    const { limit, cursor, environment, state, requestedBy, service } = query;
    const isManager = caller.permissions.has('access-requests:manage');
    // Who may see only his own and asks for another's sees what there is for him: nothing.
    if (!isManager && requestedBy !== undefined && requestedBy !== caller.clientId) {
      return { body: { items: [], nextCursor: null } };
    }
    const rows = await deps.store.read.accessRequests.list({
      organizationId: caller.organizationId,
      environmentId: environment,
      state,
      requestedBy: isManager ? requestedBy : caller.clientId,
      service: service && (findServiceOfAnyCloud(deps, service)?.id ?? service),
      beforeId: cursor,
      limit: limit + 1,
    });
    return { body: pageOf(rows, { limit, idOf: ({ id }) => id, toItem: toAccessRequestBody }) };
  });
}
