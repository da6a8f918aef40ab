import { type DocumentOf, type ResourceType, resourceShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findPresentResource } from '../find-resource.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Answers from the store; the cloud is not asked. */
export function resourceShow<T extends ResourceType>(
  { store, access }: Pick<HandlerDeps, 'store' | 'access'>,
  type: T,
): Handler {
  return handler(resourceShowRoute(type), async ({ caller, params, query }) => {
    await access.check(caller, params);
    const document = await findPresentResource(store, { ...params, ...query, type });
    // The query asked for a row of this type, and the store holds only what fitted the type's schema.
    return { body: document as unknown as DocumentOf<T> };
  });
}
