import { isGatewayError } from '@cloud-gateway/contracts';
import type { Subscription } from '@cloud-gateway/store';
import type { KeeperDeps } from './keeper-deps.ts';
import { LeadershipLostError } from './leadership.ts';

const pageSize = 200;
const parallel = 4;

/**
 * Does `work` for every subscription, a few at a time. What fails for one alone is logged and does not stop the others;
 * a store or broker that is away does, and so does the loss of leadership.
 */
export async function forEachSubscription(
  deps: Pick<KeeperDeps, 'store' | 'log' | 'assertLeading'>,
  work: (subscription: Subscription) => Promise<void>,
): Promise<void> {
  for (let afterId: string | undefined; ; ) {
    await deps.assertLeading();
    const page = await deps.store.read.subscriptions.list({ afterId, limit: pageSize });
    for (let at = 0; at < page.length; at += parallel) {
      await deps.assertLeading();
      await Promise.all(page.slice(at, at + parallel).map((one) => guarded(deps, one.id, () => work(one))));
    }
    afterId = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}

/** See forEachSubscription: for one. */
export async function guarded(
  { log }: Pick<KeeperDeps, 'log'>,
  subscriptionId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (err) {
    if (err instanceof LeadershipLostError || (isGatewayError(err) && err.retryable)) throw err;
    log.error('a subscription could not be put right; it is tried again', { subscriptionId, err });
  }
}
