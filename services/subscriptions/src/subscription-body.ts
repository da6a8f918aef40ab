// A subscription as it is answered.
import { type SubscriptionDelivery, type subscriptionSchema, topology } from '@cloud-gateway/contracts';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import { type Subscription, type SubscriptionAccount, subscriptionQueueName } from '@cloud-gateway/store';
import type { z } from 'zod';

export type SubscriptionBody = z.output<typeof subscriptionSchema>;

/** With how far it lags behind, if the broker tells. */
export async function measuredBody(
  deps: { readonly queues: Pick<SubscriptionQueues, 'inspect'>; readonly brokerUrl: string },
  subscription: Subscription,
): Promise<SubscriptionBody> {
  const state = await deps.queues.inspect(subscriptionQueueName(subscription)).catch(() => undefined);
  return { ...toSubscriptionBody(subscription, deps.brokerUrl), lag: state ?? null };
}

/** `brokerUrl` is what subscribers are told: without user and password. */
export function toSubscriptionBody(subscription: Subscription, brokerUrl: string): SubscriptionBody {
  const { id, name, clientId, state, filter, delivery, dropped, createdAt } = subscription;
  return {
    id,
    name,
    clientId,
    state,
    filter: {
      ...(filter.accounts && { accounts: [...filter.accounts] }),
      ...(filter.types && { types: [...filter.types] }),
      ...(filter.changes && { changes: [...filter.changes] }),
      ...(filter.states && { states: [...filter.states] }),
      ...(filter.regions && { regions: [...filter.regions] }),
      administration: filter.administration,
    },
    accounts: subscription.accounts.map(toAccountBody),
    delivery,
    connect: connectOf(subscription, brokerUrl),
    lag: null,
    dropped: { count: dropped.count, lastAt: dropped.lastAt?.toISOString() ?? null },
    createdAt: createdAt.toISOString(),
  };
}

function toAccountBody(account: SubscriptionAccount): SubscriptionBody['accounts'][number] {
  // Whether its events come by a binding or out of the store is nothing that a subscriber sees.
  const bound = !account.withdrawn && (account.bound || account.replayedTo !== null);
  return {
    account: account.accountId,
    bound,
    sequence: bound ? account.sequence : null,
    syncFrom: account.lostFrom,
  };
}

function connectOf(subscription: Subscription, brokerUrl: string): SubscriptionBody['connect'] {
  const { delivery, clientId } = subscription;
  if (delivery.kind === 'webhook') return null;
  const queue = subscriptionQueueName(subscription);
  return {
    url: brokerUrl,
    username: clientId,
    queue,
    deadLetterQueue: delivery.kind === 'queue' ? topology.subscriptionDeadLetterQueue(queue) : null,
    consumeArguments: consumeArgumentsOf(delivery),
    prefetch: 200,
  };
}

function consumeArgumentsOf({ kind }: SubscriptionDelivery): Record<string, string> {
  return kind === 'stream' ? { 'x-stream-offset': 'first' } : {};
}
