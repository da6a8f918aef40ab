import { GatewayError, hasCall } from '@cloud-gateway/contracts';
import type { ResourceDocument, ResourceFindQuery, Store } from '@cloud-gateway/store';

/** Finds one resource, a deleted one too (`deletedAt` tells). Throws not-found. */
export async function findResource(
  { read }: Pick<Store, 'read'>,
  query: ResourceFindQuery,
): Promise<ResourceDocument> {
  const document = await read.resources.find(query);
  if (document !== null) return document;
  const where = query.region === undefined ? '' : ` in ${query.region}`;
  throw new GatewayError('not-found', {
    message: `The account ${query.account} has no ${query.type} ${query.id}${where}. What was made a moment ago beside the gateway is not known until the next poll; POST …/${query.id}/refresh looks for it now.`,
  });
}

/** Finds one that is there. Throws not-found, or gone for one that was there. */
export async function findPresentResource(
  store: Pick<Store, 'read'>,
  query: ResourceFindQuery,
): Promise<ResourceDocument> {
  const document = await findResource(store, query);
  if (document.deletedAt === null) return document;
  throw goneError(document, await publishedSince(store, query, document));
}

/** Finds what was known at a time. Throws not-found with since when it is known, and gone for one that was gone then. */
export async function findResourceAt(
  store: Pick<Store, 'read'>,
  query: ResourceFindQuery & { readonly at: string },
): Promise<ResourceDocument> {
  const then = await store.read.resources.findAt(query);
  if (then === null) {
    const { firstSeenAt } = await findResource(store, query);
    throw new GatewayError('not-found', {
      message: `At ${query.at} nothing was known of the ${query.type} ${query.id}: it was first seen at ${firstSeenAt}, or what was kept of that time is purged.`,
    });
  }
  if (then.deletedAt !== null) throw goneError(then);
  return then;
}

export function goneError(document: ResourceDocument, movedTo?: ResourceDocument): GatewayError {
  const { type, cloudId, deletedAt, state, href } = document;
  return new GatewayError('gone', {
    message:
      movedTo === undefined
        ? `The ${type} ${cloudId} is deleted since ${deletedAt}; it was ${state} last. Its history: ${href}/history`
        : `The ${type} ${cloudId} is published since ${deletedAt} and is kept once for everybody now: ${movedTo.href}`,
    last: document,
  });
}

/** A resource that was published has left its account, under whose id it may still be asked for. */
async function publishedSince(
  { read }: Pick<Store, 'read'>,
  query: ResourceFindQuery,
  { type, cloudId, region }: ResourceDocument,
): Promise<ResourceDocument | undefined> {
  if (!hasCall(type, 'share')) return undefined;
  const moved = await read.resources.find({ ...query, id: cloudId, region });
  return moved?.deletedAt === null ? moved : undefined;
}
