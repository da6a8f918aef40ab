import { GatewayError, type Method } from '@cloud-gateway/contracts';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Handler } from './handler.ts';

export interface FoundRoute {
  readonly handler: Handler;
  readonly pathParams: Record<string, string | undefined>;
}

/** Finds the handler of a method and path among `handlers`; throws `not-found`, naming the methods that would do. */
export function createRouteFinder(
  handlers: readonly Handler[],
): (method: string, path: string) => FoundRoute {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 1024 });
  const methods = new Set<Method>();
  for (const handler of handlers) {
    // find-my-way keeps a handler function per route; ours is kept as its store, and the function is never called.
    router.on(handler.route.method, handler.route.path, () => undefined, handler);
    methods.add(handler.route.method);
  }

  return function findRoute(method, path) {
    // RFC 9110 9.3.2: HEAD is GET without the body of the answer; the edge leaves that out.
    const found = router.find((method === 'HEAD' ? 'GET' : method) as HTTPMethod, path);
    if (found) return { handler: found.store as Handler, pathParams: found.params };
    const others = [...methods].filter((other) => router.find(other, path));
    throw new GatewayError('not-found', {
      message:
        others.length > 0
          ? `${method} is not possible here; ${others.join(' and ')} ${others.length > 1 ? 'are' : 'is'}.`
          : 'There is no such path.',
    });
  };
}
