import type { Clock } from '@cloud-gateway/clock';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';

export interface KeeperDeps {
  readonly store: Store;
  readonly queues: SubscriptionQueues;
  readonly clock: Clock;
  readonly log: Logger;
  /** Rejects when this process may not change anything any more. */
  readonly assertLeading: () => Promise<void>;
  /** Something could not be done for a subscription because store or broker refuse: the next turn comes soon. */
  readonly postpone: (err: unknown) => void;
  /** The subscriber is told in its queue that events were lost. */
  readonly tellLost: (subscriptionId: string) => void;
  /** Stored events that are put at once. */
  readonly replaySlice: number;
  /** How long events are stored: so long the queue of a disabled client is kept, and a replay waits for its reader. */
  readonly keptMs: number;
}
