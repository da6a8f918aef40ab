import { isGatewayError } from '@cloud-gateway/contracts';
import type { Subscription } from '@cloud-gateway/store';
import type { KeeperDeps } from './keeper-deps.ts';
import { LeadershipLostError } from './leadership.ts';

const pageSize = 200;
const parallel = 4;

/**
 * Does `work` for every subscription, a few at a time. What fails for one does not stop the others, the loss of leadership
 * does.
 */
export async function forEachSubscription(
  deps: Pick<KeeperDeps, 'store' | 'log' | 'assertLeading' | 'postpone'>,
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
  { log, postpone }: Pick<KeeperDeps, 'log' | 'postpone'>,
  subscriptionId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (err) {
    if (err instanceof LeadershipLostError) throw err;
    // The broker may be away, or this one queue may be in trouble. Who goes on learns soon enough which it is.
    if (isGatewayError(err) && err.retryable) {
      log.debug('store or broker refuse a subscription', { subscriptionId, err });
      return postpone(err);
    }
    log.error('a subscription could not be put right; it is tried again', { subscriptionId, err });
  }
}
