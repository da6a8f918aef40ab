// Puts events into one queue, past the exchange of events: what was stored comes before what happens now.
import { GatewayError, type OutgoingEvent } from '@cloud-gateway/contracts';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { ConfirmChannel } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { holdChannel } from '../connection/hold-channel.ts';
import { createWriteBatch } from '../connection/write-batch.ts';
import { eventProperties } from '../events/event-properties.ts';

export interface EventPutter {
  /** Resolves when the queue has them all, in this order. Rejects with `unavailable`, also when there is no such queue. */
  put(queue: string, events: readonly OutgoingEvent[]): Promise<void>;
  stop(): Promise<void>;
}

export async function createEventPutter({
  connection,
  log,
  confirmTimeoutMs = 10_000,
}: {
  connection: BrokerConnection;
  log: Logger;
  confirmTimeoutMs?: number;
}): Promise<EventPutter> {
  let batchWrites: () => void = () => undefined;
  /** Puts under way, by queue. */
  const underWay = new Map<string, Set<{ isRefused: boolean }>>();
  const held = await holdChannel({
    connection,
    name: 'event putter',
    log,
    create: (model) => model.createConfirmChannel(),
    prepare(channel, model) {
      // The broker sends back what has no queue before it confirms it. All puts into that queue are refused: they may
      // well be repeated.
      channel.on('return', ({ fields }) => {
        for (const put of underWay.get(fields.routingKey) ?? []) put.isRefused = true;
      });
      batchWrites = createWriteBatch(model);
      return Promise.resolve();
    },
  });

  async function confirmed(channel: ConfirmChannel, queue: string, events: readonly OutgoingEvent[]) {
    const put = { isRefused: false };
    const puts = underWay.get(queue) ?? new Set();
    underWay.set(queue, puts.add(put));
    try {
      const confirms = Promise.all(events.map((event) => putOne(channel, queue, event)));
      batchWrites();
      await confirms;
    } finally {
      puts.delete(put);
      if (puts.size === 0) underWay.delete(queue);
    }
    if (put.isRefused) throw new Error(`there is no queue ${queue}`);
  }

  return {
    async put(queue, events) {
      const channel = held.current();
      if (!channel) throw notConfirmed(queue);
      if (events.length === 0) return;
      try {
        await withDeadline(confirmed(channel, queue, events), confirmTimeoutMs, () => notConfirmed(queue));
      } catch (cause) {
        throw notConfirmed(queue, cause);
      }
    },
    stop: () => held.release(),
  };
}

async function putOne(channel: ConfirmChannel, queue: string, event: OutgoingEvent): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    channel.publish(
      '',
      queue,
      Buffer.from(event.payload),
      { ...eventProperties(event), mandatory: true },
      (err: Error | null) => (err ? reject(err) : resolve()),
    );
  });
}

function notConfirmed(queue: string, cause?: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: `The message broker has not taken the events for ${queue}.`,
    cause,
  });
}
