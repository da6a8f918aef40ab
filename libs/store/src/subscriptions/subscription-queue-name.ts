import { topology } from '@cloud-gateway/contracts';
import type { Subscription } from './subscription.ts';

/** The queue or stream that holds a subscription's events. */
export function subscriptionQueueName({
  id,
  clientId,
  delivery,
}: {
  readonly id: string;
  readonly clientId: string;
  readonly delivery: Pick<Subscription['delivery'], 'kind'>;
}): string {
  return delivery.kind === 'webhook' ? topology.webhookQueue(id) : topology.subscriptionQueue(clientId, id);
}
