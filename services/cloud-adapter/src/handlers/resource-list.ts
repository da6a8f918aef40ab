import {
  type DocumentOf,
  GatewayError,
  type ResourceType,
  resourceListRoute,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import { listEtag, matchesNone } from '../etag.ts';
import { notModified } from '../not-modified.ts';
import { presentDocument, representationOf } from '../present-document.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Query = HandlerRequest<ReturnType<typeof resourceListRoute>>['query'];

/** Answers from the store; the cloud is not asked. What the cloud publishes to everybody is included. */
export function resourceList<T extends ResourceType>(
  { store, access, policies }: Pick<HandlerDeps, 'store' | 'access' | 'policies'>,
  type: T,
): Handler {
  return handler(resourceListRoute(type), async ({ caller, params, query, headers }) => {
    const place = await access.checkReadable(caller, params);
    const { view, fields, environment, at, ...filters } = query as Query;
    const policy = await policies.resolve(caller, { cloud: place.cloud, environment });
    const wanted = { ...place, type, ...filters };
    if (at !== undefined) refuseWithAt(filters);
    const page =
      at === undefined
        ? await store.read.resources.list(wanted)
        : await store.read.resources.listAt({ ...wanted, at });
    const presentation = { view, fields, policy };
    const etag = listEtag(page, representationOf(type, presentation));
    if (!matchesNone(headers['if-none-match'], etag)) return notModified(etag);
    // The query asked for rows of this type, and the store holds only what fitted the type's schema.
    const items = page.items.map((item) => presentDocument(item, presentation)) as unknown as DocumentOf<T>[];
    return { body: { ...page, items }, headers: { etag } };
  });
}

/** The past is kept per resource, without the indexes that these need. */
function refuseWithAt({ name, owner, visibility, tag, updatedSince, sort }: Omit<Query, 'at'>): void {
  const filters = { name, owner, visibility, tag, updatedSince, sort: sort === 'cloudId' ? undefined : sort };
  const issues = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .map(([filter]) => ({ path: `query.${filter}`, message: 'does not go with at' }));
  if (issues.length === 0) return;
  throw new GatewayError('validation-failed', {
    message: `query.at goes with region, state and pages only, not with ${issues.map(({ path }) => path).join(', ')}`,
    issues,
  });
}
