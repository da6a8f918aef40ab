import { GatewayError } from '@cloud-gateway/contracts';
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
    message: `The account ${query.account} has no ${query.type} ${query.id}${where}. What was made a moment ago beside the gateway is not known until the next poll.`,
  });
}

/** Finds one that is there. Throws not-found, or gone for one that was there. */
export async function findPresentResource(
  store: Pick<Store, 'read'>,
  query: ResourceFindQuery,
): Promise<ResourceDocument> {
  const document = await findResource(store, query);
  if (document.deletedAt === null) return document;
  throw new GatewayError('gone', {
    message: `The ${query.type} ${document.cloudId} is deleted since ${document.deletedAt}; it was ${document.state} last. Its history: ${document.href}/history`,
    last: document,
  });
}
