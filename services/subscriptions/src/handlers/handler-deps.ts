import type { Clock } from '@cloud-gateway/clock';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import type { Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';

/** What the handlers of this service are made of; each picks its part. */
export interface HandlerDeps {
  readonly store: Store;
  readonly queues: SubscriptionQueues;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly clock: Clock;
  /** Where subscribers find the broker; no password in it. */
  readonly brokerUrl: string;
  /** Subscriptions of one client at the most. */
  readonly subscriptionsMax: number;
  /** Webhooks may be posted by http and to private addresses. */
  readonly allowPrivateWebhooks: boolean;
  /** A subscription was made, changed or ended: whoever works on them looks now. */
  readonly onChanged: () => void;
}
