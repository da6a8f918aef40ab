// How many events wait in each subscription, for the metrics. The broker is asked on a clock, not for each page: what it
// costs does not depend on who reads.
import { subscriptionStates } from '@cloud-gateway/contracts';
import type { QueueState, SubscriptionQueues } from '@cloud-gateway/messaging';
import type { Metrics } from '@cloud-gateway/runtime';
import { type Store, type Subscription, subscriptionQueueName } from '@cloud-gateway/store';

// Each makes two series.
const measuredMax = 1_000;
const parallel = 4;

export interface SubscriptionMeter {
  measure(): Promise<void>;
  /** Another process measures now. */
  forget(): void;
}

export function createSubscriptionMeter({
  store,
  queues,
  metrics,
}: {
  readonly store: Pick<Store, 'read'>;
  readonly queues: Pick<SubscriptionQueues, 'inspect'>;
  readonly metrics: Metrics;
}): SubscriptionMeter {
  const ready = metrics.gauge(
    'gateway_subscription_ready_events',
    'Events that wait in a subscription; of a stream, those that it holds.',
    ['subscription'],
  );
  const consumers = metrics.gauge('gateway_subscription_consumers', 'Consumers of a subscription.', [
    'subscription',
  ]);
  const states = metrics.gauge('gateway_subscriptions', 'Subscriptions by state.', ['state']);
  let shown = new Set<string>();

  function show(present: ReadonlyMap<string, QueueState>): void {
    for (const subscription of shown) {
      if (present.has(subscription)) continue;
      ready.remove({ subscription });
      consumers.remove({ subscription });
    }
    for (const [subscription, state] of present) {
      ready.set({ subscription }, state.ready);
      consumers.set({ subscription }, state.consumers);
    }
    shown = new Set(present.keys());
  }

  return {
    async measure() {
      const counts = await store.read.subscriptions.countByState();
      for (const state of subscriptionStates) states.set({ state }, counts[state]);
      show(await inspectAll(queues, await store.read.subscriptions.list({ limit: measuredMax })));
    },
    forget() {
      show(new Map());
      for (const state of subscriptionStates) states.remove({ state });
    },
  };
}

async function inspectAll(
  queues: Pick<SubscriptionQueues, 'inspect'>,
  subscriptions: readonly Subscription[],
): Promise<Map<string, QueueState>> {
  const found = new Map<string, QueueState>();
  for (let at = 0; at < subscriptions.length; at += parallel) {
    await Promise.all(
      subscriptions.slice(at, at + parallel).map(async (subscription) => {
        // One queue in trouble does not hide the others.
        const state = await queues.inspect(subscriptionQueueName(subscription)).catch(() => undefined);
        if (state) found.set(subscription.id, state);
      }),
    );
  }
  return found;
}
