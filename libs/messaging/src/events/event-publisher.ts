// Publishes events to `gateway.events` with publisher confirms: what has resolved, the broker has.
// CloudEvents 1.0 attributes travel as headers, in the manner of that specification's AMQP binding (binary mode).
import { GatewayError, type OutgoingEvent, topology } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { ConfirmChannel } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { declareExchanges } from '../connection/declare-topology.ts';
import { holdChannel } from '../connection/hold-channel.ts';
import { createWriteBatch } from '../connection/write-batch.ts';

export interface EventPublisher {
  /**
   * Resolves when the broker has confirmed all of them, in this order. Rejects with `unavailable` when it has not: then
   * publish the whole list again; subscribers drop repetitions by id.
   */
  publish(events: readonly OutgoingEvent[]): Promise<void>;
  stop(): Promise<void>;
}

export async function createEventPublisher({
  connection,
  log,
  confirmTimeoutMs = 10_000,
}: {
  connection: BrokerConnection;
  log: Logger;
  confirmTimeoutMs?: number;
}): Promise<EventPublisher> {
  let batchWrites: () => void = () => undefined;
  const held = await holdChannel({
    connection,
    name: 'event publisher',
    log,
    create: (model) => model.createConfirmChannel(),
    async prepare(channel, model) {
      await declareExchanges(channel);
      batchWrites = createWriteBatch(model);
    },
  });

  return {
    async publish(events) {
      const publishing = held.current();
      if (!publishing) throw unavailable();
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(unavailable()), confirmTimeoutMs);
      });
      try {
        const confirms = Promise.all(events.map((event) => publishOne(publishing, event)));
        batchWrites();
        await Promise.race([confirms, deadline]);
      } catch (cause) {
        throw unavailable(cause);
      } finally {
        clearTimeout(timer);
      }
    },
    stop: () => held.release(),
  };
}

async function publishOne(channel: ConfirmChannel, event: OutgoingEvent): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    channel.publish(
      topology.eventsExchange,
      event.routingKey,
      Buffer.from(event.payload),
      {
        persistent: true,
        messageId: event.id,
        contentType: 'application/json',
        type: event.type,
        headers: {
          cloudEvents_specversion: '1.0',
          cloudEvents_id: event.id,
          cloudEvents_type: event.type,
          cloudEvents_source: event.source,
          cloudEvents_subject: event.subject,
          cloudEvents_time: event.time,
        },
      },
      (err: Error | null) => (err ? reject(err) : resolve()),
    );
  });
}

function unavailable(cause?: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The message broker has not confirmed the events.',
    cause,
  });
}
