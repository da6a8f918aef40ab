import { type DocumentOf, type ResourceType, resourceListRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import type { HandlerDeps } from './handler-deps.ts';

/** Answers from the store; the cloud is not asked. What the cloud publishes to everybody is included. */
export function resourceList<T extends ResourceType>(
  { store, access }: Pick<HandlerDeps, 'store' | 'access'>,
  type: T,
): Handler {
  return handler(resourceListRoute(type), async ({ caller, params, query }) => {
    await access.check(caller, params);
    const page = await store.read.resources.list({ ...params, ...query, type });
    // The query asked for rows of this type, and the store holds only what fitted the type's schema.
    return { body: { ...page, items: page.items as unknown as DocumentOf<T>[] } };
  });
}
