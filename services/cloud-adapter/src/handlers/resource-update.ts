import { resourceUpdateRoute, type UpdatableType, type UpdateOf } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import { type ResourceWriteDeps, type ResourceWriteRequest, writeToResource } from '../write-to-resource.ts';

/** Safe to run twice: only what is named changes, and it is named what it is to be. */
export function resourceUpdate<T extends UpdatableType>(deps: ResourceWriteDeps, type: T): Handler {
  return handler(resourceUpdateRoute(type), async (request) => {
    // The body was parsed by this type's own schema; generic types lose that.
    const patch = request.body as UpdateOf<T>;
    const answer = await writeToResource(deps, request as ResourceWriteRequest, {
      type,
      call: 'update',
      send: (session, target, options) => session.update(type, target, patch, options),
    });
    return answer as HandlerAnswer<ReturnType<typeof resourceUpdateRoute<T>>>;
  });
}
