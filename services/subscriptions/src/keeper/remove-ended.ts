import { removeQueue } from '../remove-queue.ts';
import { guarded } from './for-each-subscription.ts';
import type { KeeperDeps } from './keeper-deps.ts';

const endedMax = 100;

/** Removes the queues of subscriptions that were ended while the broker was away. */
export async function removeEnded(deps: KeeperDeps): Promise<void> {
  for (const ended of await deps.store.read.subscriptions.listEnded(endedMax)) {
    await deps.assertLeading();
    await guarded(deps, ended.id, () => removeQueue(deps, ended));
  }
}
