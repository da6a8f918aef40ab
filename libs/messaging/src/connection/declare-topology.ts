// What exists on the broker whichever service starts first. Declaring is idempotent; every component declares what it
// relies on, so that services start in any order and a broker that lost everything is put right.
import { topology } from '@cloud-gateway/contracts';
import type { Channel } from 'amqplib';

export async function declareExchanges(channel: Channel): Promise<void> {
  await channel.assertExchange(topology.requestsExchange, 'topic', { durable: true });
  await channel.assertExchange(topology.eventsExchange, 'topic', { durable: true });
}

/** A full queue pushes its oldest request out to here, where it gets its refusal; see overflow-responder.ts. */
export async function declareOverflow(channel: Channel): Promise<void> {
  await channel.assertExchange(topology.overflowExchange, 'fanout', { durable: true });
  await channel.assertQueue(topology.overflowQueue, {
    durable: true,
    maxLength: 100_000,
    messageTtl: 10_000, // Whoever still waits after this has a deadline of his own.
  });
  await channel.bindQueue(topology.overflowQueue, topology.overflowExchange, '');
}

export async function declareDeadLetters(channel: Channel): Promise<void> {
  await channel.assertQueue(topology.deadLetterQueue, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum' },
  });
}

export interface RequestQueueLimits {
  /** Requests that may wait in one queue; more are refused with 503. */
  readonly queueLengthMax: number;
}

/**
 * Reads: a classic queue; what waits there is worth no more than its caller's patience, and the oldest gives way.
 * Writes: a quorum queue; what the broker has confirmed survives its restart, and a full queue refuses the newest.
 */
export async function declareRequestQueues(
  channel: Channel,
  {
    service,
    bindings,
    queueLengthMax,
  }: RequestQueueLimits & { service: string; bindings: readonly string[] },
): Promise<{ read: string; write: string }> {
  const read = topology.requestQueue(service, 'read');
  const write = topology.requestQueue(service, 'write');
  await channel.assertQueue(read, {
    durable: true,
    maxLength: queueLengthMax,
    deadLetterExchange: topology.overflowExchange,
  });
  await channel.assertQueue(write, {
    durable: true,
    maxLength: queueLengthMax,
    arguments: { 'x-queue-type': 'quorum', 'x-overflow': 'reject-publish' },
  });
  for (const binding of bindings) {
    await channel.bindQueue(read, topology.requestsExchange, binding.replace(/^\*/, 'read'));
    await channel.bindQueue(write, topology.requestsExchange, binding.replace(/^\*/, 'write'));
  }
  return { read, write };
}
