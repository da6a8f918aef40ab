import type { SubscriptionQueues } from '@cloud-gateway/messaging';

/**
 * The queues for whoever leads. A process that was paused in the middle of a step (stopped, moved to another machine)
 * would otherwise finish it when another leads, with what it knew before: a binding would go that the other has made.
 */
export function fenceQueues(
  queues: SubscriptionQueues,
  assertLeading: () => Promise<void>,
): SubscriptionQueues {
  function fenced<Args extends unknown[], Result>(change: (...args: Args) => Promise<Result>) {
    return async (...args: Args): Promise<Result> => {
      await assertLeading();
      return change(...args);
    };
  }
  return {
    ...queues,
    declare: fenced(queues.declare),
    bind: fenced(queues.bind),
    unbind: fenced(queues.unbind),
    put: fenced(queues.put),
    remove: fenced(queues.remove),
  };
}
