import { resourceSharingRoute, type ShareableType } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findPresentResource } from '../find-resource.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Asks the cloud: no listing tells with whom something is shared. */
export function resourceSharing(
  { store, access, sessions }: Pick<HandlerDeps, 'store' | 'access' | 'sessions'>,
  type: ShareableType,
): Handler {
  return handler(resourceSharingRoute(type), async (request) => {
    const { params, query, signal } = request;
    const account = await access.check(request, params);
    const { id } = params;
    const found = await findPresentResource(store, { ...account.place, region: query.region, type, id });
    refuseForeign(found, { call: 'sharing', cloudAccountId: account.cloudAccountId });
    const sharing = await sessions.withSession(account, found.region, (session) =>
      session.sharing(type, found.cloudId, signal),
    );
    return { body: sharing };
  });
}
