import { GatewayError, syncRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import type { ResourceDocument } from '@cloud-gateway/store';
import { presentDocument } from '../present-document.ts';
import type { HandlerDeps } from './handler-deps.ts';

type SyncItem = HandlerAnswer<typeof syncRoute>['body']['items'][number];

/** What changed in an account since a sequence, from the store. */
export function sync({
  store,
  access,
  policies,
}: Pick<HandlerDeps, 'store' | 'access' | 'policies'>): Handler {
  return handler(syncRoute, async ({ caller, query: { account, since, limit } }) => {
    await access.checkReadableId(caller, account);
    const synced = await store.read.resources.sync({ account, since, limit });
    switch (synced.state) {
      case 'changes': {
        const { items, nextSince, more } = synced;
        return { body: { account, items: items.map(toItem), nextSince, more } };
      }
      case 'resync-required':
        throw new GatewayError('resync-required', {
          message: `What was deleted in ${account} after the sequence ${since} is partly purged already.`,
        });
      case 'unknown-account':
        // Readable, but nothing was ever published there.
        return { body: { account, items: [], nextSince: since, more: false } };
    }
  });

  function toItem(document: ResourceDocument): SyncItem {
    const { sequence, id, type, region, cloudId, href, revision, deletedAt } = document;
    if (deletedAt !== null) {
      return { sequence, deleted: { id, type, region, cloudId, href, revision, deletedAt } };
    }
    const policy = policies.ofCloud(document.cloud);
    // The store holds only what fitted the schema of its type.
    return { sequence, resource: presentDocument(document, { policy }) as SyncItem['resource'] };
  }
}
