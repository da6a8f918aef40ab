import { type DestroyableType, resourceDestroyRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerAnswer, handler } from '@cloud-gateway/messaging';
import { type ResourceWriteDeps, type ResourceWriteRequest, writeToResource } from '../write-to-resource.ts';

/** Safe to run twice: what an earlier attempt has removed is gone, and that is the answer. */
export function resourceDestroy<T extends DestroyableType>(deps: ResourceWriteDeps, type: T): Handler {
  return handler(resourceDestroyRoute(type), async (request) => {
    const { force } = request.query;
    const answer = await writeToResource(deps, request as ResourceWriteRequest, {
      type,
      call: 'destroy',
      isLeaving: true,
      send: (session, target, options) => session.destroy(type, target, { ...options, force }),
    });
    return answer as HandlerAnswer<ReturnType<typeof resourceDestroyRoute<T>>>;
  });
}
