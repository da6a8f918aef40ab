// Looks at one resource now, and answers when what the cloud says is in the store. With the cloud's own id it also finds
// what the poller has not seen yet.
//
// Safe to run twice: it only looks. If we die, the next attempt looks again.
import {
  type DocumentOf,
  GatewayError,
  type ResourceBody,
  type ResourceType,
  resourceRefreshRoute,
} from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import { looksLikeResourceId, type ResourceDocument } from '@cloud-gateway/store';
import type { OpenAccount } from '../account-access.ts';
import { documentEtag } from '../etag.ts';
import { findResource, goneError } from '../find-resource.ts';
import { findAfterwards, lookAgain } from '../look-again.ts';
import { presentDocument, representationOf } from '../present-document.ts';
import { recordChange } from '../record-change.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Deps = Pick<HandlerDeps, 'store' | 'access' | 'sessions' | 'policies'>;
type Request = HandlerRequest<ReturnType<typeof resourceRefreshRoute>>;

export function resourceRefresh<T extends ResourceType>(deps: Deps, type: T): Handler {
  return handler(resourceRefreshRoute(type), async (request) => {
    const { store, access, policies } = deps;
    const account = await access.check(request, request.params);
    const { id } = request.params;
    const { region } = request.query;
    const known = await store.read.resources.find({ ...account.place, region, type, id });
    if (known !== null && known.deletedAt !== null) throw goneError(known);
    const document =
      known === null
        ? await discover(deps, request, { account, type })
        : await refresh(deps, request, { account, known });
    const policy = policies.ofCloud(account.cloud.id);
    return {
      headers: { etag: documentEtag(document, representationOf(type, { policy })) },
      // What was asked for and found is of this type.
      body: presentDocument(document, { policy }) as unknown as DocumentOf<T>,
    };
  });
}

async function refresh(
  deps: Deps,
  { requestId, signal }: Request,
  { account, known }: { readonly account: OpenAccount; readonly known: ResourceDocument },
): Promise<ResourceDocument> {
  const { region, type } = known;
  const document = await lookAgain(deps, { account, region, requestId, signal }, known);
  if (document !== null) return document;
  // One look does not remove anything: the next complete listing will.
  await deps.store.read.pollUnits.wake({ accountId: account.place.account, region, type });
  throw new GatewayError('cloud-not-found', {
    message: `The cloud does not show the ${type} ${known.cloudId}: it is gone, or so new that it cannot be seen yet. The next listing tells; it was asked for.`,
  });
}

/** Looks for what is not in the store, by the cloud's own id. */
async function discover(
  { store, sessions }: Deps,
  { params, query, requestId, signal }: Request,
  { account, type }: { readonly account: OpenAccount; readonly type: ResourceType },
): Promise<ResourceDocument> {
  const { id: cloudId } = params;
  if (looksLikeResourceId(cloudId)) return findResource(store, { ...account.place, type, id: cloudId });
  const region = query.region ?? onlyRegion(account.cloud.regions);
  const seen: readonly ResourceBody[] = await sessions.withSession(account, region, (session) =>
    session.look(type, [cloudId], signal),
  );
  const resource = seen.find((body) => body.type === type && body.cloudId === cloudId);
  if (resource === undefined) throw nowhere(type, cloudId, region);
  const alsoSeen = seen.filter((body) => body !== resource);
  await store.inTransaction((tx) =>
    recordChange(tx, { account, region, requestId, change: { resource, alsoSeen, gone: [] } }),
  );
  return findAfterwards(store, { account, region }, { id: cloudId, type, cloudId });
}

function onlyRegion(regions: readonly string[]): string {
  const [region, another] = regions;
  if (region !== undefined && another === undefined) return region;
  throw new GatewayError('validation-failed', {
    message: 'query.region: is needed for a resource that is not known yet',
    issues: [{ path: 'query.region', message: `must be one of ${regions.join(', ')}` }],
  });
}

function nowhere(type: ResourceType, cloudId: string, region: string): GatewayError {
  return new GatewayError('cloud-not-found', {
    message: `Neither the gateway nor the cloud knows a ${type} ${cloudId} in ${region}.`,
  });
}
