// amqplib alone, as its documentation has it: a confirm channel, and so many messages unconfirmed at a time. Its messages
// are ready in memory before the clock starts.
import { topology } from '@cloud-gateway/contracts';
import { type ConfirmChannel, connect, type Options } from 'amqplib';
import { benchEvent } from '../world/bench-event.ts';
import type { EventRange } from '../world/fill-outbox.ts';

/**
 * `batches`: publishes so many, waits until all are confirmed, publishes the next, as a relay does that marks them then.
 * `window`: never more than so many unconfirmed, and always that many.
 */
export type BareStyle = 'batches' | 'window';

export type BarePublisherMethods = ReturnType<typeof createBarePublisherProgram>;

export function createBarePublisherProgram() {
  let channel: ConfirmChannel | undefined;
  let messages: readonly Message[] = [];

  return {
    async start({ amqpUrl }: { readonly amqpUrl: string }): Promise<void> {
      const model = await connect(amqpUrl, { noDelay: true });
      channel = await model.createConfirmChannel();
    },

    prepare({ from, count }: EventRange): void {
      messages = Array.from({ length: count }, (_, at) => messageOf(from + at));
    },

    /** Publishes what was prepared; gives the time until the last one was confirmed, in milliseconds. */
    async publish({ style, size }: { readonly style: BareStyle; readonly size: number }): Promise<number> {
      if (!channel) throw new Error('start comes first');
      const startedMs = performance.now();
      await (style === 'batches' ? inBatches : inWindow)(channel, messages, size);
      return performance.now() - startedMs;
    },
  };
}

interface Message {
  readonly routingKey: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

function messageOf(n: number): Message {
  const { id, routingKey, type, source, subject, time, payload } = benchEvent(n);
  return {
    routingKey,
    content: Buffer.from(payload),
    options: {
      persistent: true,
      messageId: id,
      contentType: 'application/json',
      type,
      headers: {
        cloudEvents_specversion: '1.0',
        cloudEvents_id: id,
        cloudEvents_type: type,
        cloudEvents_source: source,
        cloudEvents_subject: subject,
        cloudEvents_time: time,
      },
    },
  };
}

async function inBatches(channel: ConfirmChannel, messages: readonly Message[], size: number): Promise<void> {
  for (let start = 0; start < messages.length; start += size) {
    for (const { routingKey, content, options } of messages.slice(start, start + size))
      channel.publish(topology.eventsExchange, routingKey, content, options);
    await channel.waitForConfirms();
  }
}

async function inWindow(channel: ConfirmChannel, messages: readonly Message[], size: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let sent = 0;
    let confirmed = 0;
    const onConfirm = (err: unknown) => {
      if (err) reject(err instanceof Error ? err : new Error('the broker has refused a message'));
      confirmed += 1;
      if (confirmed === messages.length) resolve();
      else sendMore();
    };
    const sendMore = () => {
      for (; sent < messages.length && sent - confirmed < size; sent++) {
        const { routingKey, content, options } = messages[sent] as Message;
        channel.publish(topology.eventsExchange, routingKey, content, options, onConfirm);
      }
    };
    sendMore();
  });
}
