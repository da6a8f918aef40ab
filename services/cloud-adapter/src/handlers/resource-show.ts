import { type DocumentOf, type ResourceType, resourceShowRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import { documentEtag, matchesNone } from '../etag.ts';
import { findPresentResource, findResourceAt } from '../find-resource.ts';
import { notModified } from '../not-modified.ts';
import { presentDocument, representationOf } from '../present-document.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Answers from the store; the cloud is not asked. */
export function resourceShow<T extends ResourceType>(
  { store, access, policies }: Pick<HandlerDeps, 'store' | 'access' | 'policies'>,
  type: T,
): Handler {
  return handler(resourceShowRoute(type), async ({ caller, params, query, headers }) => {
    const place = await access.checkReadable(caller, params);
    const { region, at, view, fields, environment } = query;
    const policy = await policies.resolve(caller, { cloud: place.cloud, environment });
    const wanted = { ...place, region, type, id: params.id };
    const document =
      at === undefined
        ? await findPresentResource(store, wanted)
        : await findResourceAt(store, { ...wanted, at });
    const presentation = { view, fields, policy };
    const etag = documentEtag(document, representationOf(type, presentation));
    if (!matchesNone(headers['if-none-match'], etag)) return notModified(etag);
    // The query asked for a row of this type, and the store holds only what fitted the type's schema.
    const body = presentDocument(document, presentation) as unknown as DocumentOf<T>;
    return { body, headers: { etag } } satisfies HandlerAnswer<ReturnType<typeof resourceShowRoute<T>>>;
  });
}
