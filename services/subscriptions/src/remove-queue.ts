import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import { type Store, type Subscription, subscriptionQueueName } from '@cloud-gateway/store';

/** Of a subscription that is ended: what waits in its queue is gone. Safe to repeat. */
export async function removeQueue(
  {
    store,
    queues,
  }: { readonly store: Pick<Store, 'read'>; readonly queues: Pick<SubscriptionQueues, 'remove'> },
  ended: Pick<Subscription, 'id' | 'clientId' | 'delivery'>,
): Promise<void> {
  await queues.remove(subscriptionQueueName(ended));
  await store.read.subscriptions.noteQueueRemoved(ended.id);
}
