// The queues of subscriptions: declared, bound, filled, looked at, removed. Everything may be repeated.
import {
  isGatewayError,
  type OutgoingEvent,
  type SubscriptionDelivery,
  topology,
} from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { Channel } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { declareExchanges } from '../connection/declare-topology.ts';
import { openChannelPool } from './channel-pool.ts';
import { declareDropped } from './declare-dropped.ts';
import { createEventPutter } from './event-putter.ts';
import { deadLetterQueueArguments, subscriptionQueueArguments } from './subscription-queue-arguments.ts';

export interface SubscriptionQueueSpec {
  /** topology.subscriptionQueue() or topology.webhookQueue(). */
  readonly queue: string;
  readonly subscriptionId: string;
  readonly delivery: SubscriptionDelivery;
}

export interface QueueState {
  /** Messages that wait; of a stream, all that it holds. */
  readonly ready: number;
  readonly consumers: number;
}

/** All of it rejects with `unavailable` while the broker is away. */
export interface SubscriptionQueues {
  /** Queue or stream, its dead-letter queue, and where dropped events go. `conflict`: it exists, declared otherwise. */
  declare(spec: SubscriptionQueueSpec): Promise<void>;
  /** To `gateway.events`. `not-found`: no such queue. */
  bind(queue: string, keys: readonly string[]): Promise<void>;
  /** Fine when there is no such binding, or no such queue. */
  unbind(queue: string, keys: readonly string[]): Promise<void>;
  /** Confirmed, in this order; `unavailable` too when there is no such queue. */
  put(queue: string, events: readonly OutgoingEvent[]): Promise<void>;
  /** Undefined: no such queue. */
  inspect(queue: string): Promise<QueueState | undefined>;
  /** With its dead-letter queue; fine when they are gone. */
  remove(queue: string): Promise<void>;
  stop(): Promise<void>;
}

export async function openSubscriptionQueues({
  connection,
  log,
}: {
  connection: BrokerConnection;
  log: Logger;
}): Promise<SubscriptionQueues> {
  const channels = await openChannelPool({ connection, name: 'subscription queues', log });
  const putter = await createEventPutter({ connection, log });
  return {
    declare: (spec) => channels.use((channel) => declare(channel, spec)),
    bind: (queue, keys) =>
      channels.use(async (channel) => {
        await Promise.all(keys.map((key) => channel.bindQueue(queue, topology.eventsExchange, key)));
      }),
    unbind: (queue, keys) =>
      orElse(undefined, () =>
        channels.use(async (channel) => {
          await Promise.all(keys.map((key) => channel.unbindQueue(queue, topology.eventsExchange, key)));
        }),
      ),
    put: (queue, events) => putter.put(queue, events),
    inspect: (queue) =>
      orElse(undefined, () =>
        channels.use(async (channel) => {
          const { messageCount, consumerCount } = await channel.checkQueue(queue);
          return { ready: messageCount, consumers: consumerCount };
        }),
      ),
    remove: (queue) =>
      channels.use(async (channel) => {
        // Deleting what is not there is no fault for RabbitMQ since 3.2.
        await channel.deleteQueue(queue);
        await channel.deleteQueue(topology.subscriptionDeadLetterQueue(queue));
      }),
    async stop() {
      await putter.stop();
      await channels.close();
    },
  };
}

async function declare(channel: Channel, spec: SubscriptionQueueSpec): Promise<void> {
  const { queue, subscriptionId, delivery } = spec;
  await declareExchanges(channel);
  await declareDropped(channel);
  // First where its dead letters go, then the queue: nothing that it drops is missed.
  if (delivery.kind === 'queue') {
    const deadLetterQueue = topology.subscriptionDeadLetterQueue(queue);
    await channel.assertQueue(deadLetterQueue, {
      durable: true,
      arguments: deadLetterQueueArguments(delivery),
    });
    await channel.bindQueue(deadLetterQueue, topology.droppedExchange, subscriptionId);
  }
  await channel.assertQueue(queue, {
    durable: true,
    arguments: subscriptionQueueArguments(subscriptionId, delivery),
  });
}

async function orElse<T>(absent: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (err) {
    if (isGatewayError(err) && err.code === 'not-found') return absent;
    throw err;
  }
}
