import { resourceShareRoute, type ShareableType } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { type ResourceWriteDeps, writeToResource } from '../write-to-resource.ts';

/**
 * Sets who may use an image or a snapshot. What becomes published, or is no longer, moves in the same transaction. Safe
 * to run twice: the whole list is set.
 */
export function resourceShare(deps: ResourceWriteDeps, type: ShareableType): Handler {
  return handler(resourceShareRoute(type), async (request) => {
    const sharing = { public: request.body.public, accounts: [...new Set(request.body.accounts)].sort() };
    const { status, headers } = await writeToResource(deps, request, {
      type,
      call: 'share',
      send: (session, { cloudId }, { signal }) => session.share(type, cloudId, sharing, signal),
    });
    return { status, headers, body: sharing };
  });
}
