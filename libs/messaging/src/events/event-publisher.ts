// Publishes events to `gateway.events` with publisher confirms: what has resolved, the broker has. A whole list leaves in
// a few writes, and its confirms are counted, not awaited one by one.
import { GatewayError, type OutgoingEvent, topology } from '@cloud-gateway/contracts';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { ConfirmChannel } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { declareExchanges } from '../connection/declare-topology.ts';
import { holdChannel } from '../connection/hold-channel.ts';
import { type ChannelWriter, createChannelWriter } from '../wire/channel-writer.ts';
import { type Confirms, watchConfirms } from '../wire/confirms.ts';
import { eventMessage } from './event-message.ts';

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
  let opened: Opened | undefined;
  const held = await holdChannel({
    connection,
    name: 'event publisher',
    log,
    create: (model) => model.createConfirmChannel(),
    async prepare(channel, model) {
      await declareExchanges(channel);
      opened = { channel, writer: createChannelWriter(model, channel), confirms: watchConfirms(channel) };
    },
  });

  return {
    async publish(events) {
      const channel = held.current();
      if (channel === undefined || opened?.channel !== channel) throw unavailable();
      try {
        await withDeadline(publishAll(opened, events), confirmTimeoutMs, () => unavailable());
      } catch (cause) {
        throw unavailable(cause);
      }
    },
    stop: () => held.release(),
  };
}

interface Opened {
  readonly channel: ConfirmChannel;
  readonly writer: ChannelWriter;
  readonly confirms: Confirms;
}

async function publishAll(opened: Opened, events: readonly OutgoingEvent[]): Promise<void> {
  const { channel, writer, confirms } = opened;
  try {
    for (const event of events) {
      writer.publish(eventMessage(topology.eventsExchange, event.routingKey, event));
    }
  } catch (err) {
    // Nobody can tell now which confirm is of which event: begin anew.
    await closeQuietly([channel]);
    throw err;
  }
  writer.flush();
  await confirms.next(events.length);
}

function unavailable(cause?: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The message broker has not confirmed the events.',
    cause,
  });
}
