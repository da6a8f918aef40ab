import { topology } from '@cloud-gateway/contracts';
import type { Channel } from 'amqplib';
import { droppedQueueArguments } from './subscription-queue-arguments.ts';

/** Where the queues of all subscriptions drop to, and where that is counted. */
export async function declareDropped(channel: Channel): Promise<void> {
  await channel.assertExchange(topology.droppedExchange, 'topic', { durable: true });
  await channel.assertQueue(topology.droppedQueue, { durable: true, arguments: droppedQueueArguments });
  await channel.bindQueue(topology.droppedQueue, topology.droppedExchange, '#');
}
