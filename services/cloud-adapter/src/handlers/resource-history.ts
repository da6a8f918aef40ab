import { type BodyOf, type ResourceType, resourceHistoryRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import type { Revision } from '@cloud-gateway/store';
import { findResource } from '../find-resource.ts';
import { decodeHistoryCursor, encodeHistoryCursor } from '../history-cursor.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Answers from the store, for a deleted resource too, and for one that has left the account because it was published. */
export function resourceHistory<T extends ResourceType>(
  { store, access }: Pick<HandlerDeps, 'store' | 'access'>,
  type: T,
): Handler {
  return handler(resourceHistoryRoute(type), async ({ caller, params, query }) => {
    const place = await access.checkReadable(caller, params);
    const { limit, cursor, region } = query;
    const { id: resourceId } = await findResource(store, { ...place, region, type, id: params.id });
    // One more than asked for tells whether there is a next page.
    const revisions = await store.read.revisions.list({
      resourceId,
      limit: limit + 1,
      beforeRevision: cursor === undefined ? undefined : decodeHistoryCursor(cursor),
    });
    const items = revisions.slice(0, limit);
    const last = revisions.length > limit ? items.at(-1) : undefined;
    return {
      body: {
        // Revisions of a resource of this type, whose bodies fitted the type's schema when they were written.
        items: items as (Revision & { body: BodyOf<T> })[],
        nextCursor: last === undefined ? null : encodeHistoryCursor(last.revision),
      },
    };
  });
}
