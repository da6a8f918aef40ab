// A consumer on a channel of its own, for as long as its connection lives.
import type { EventEmitter } from 'node:events';
import type { ChannelModel, ConsumeMessage } from 'amqplib';
import { type ReadEvent, readEvent } from './read-event.ts';

export interface Delivery extends ReadEvent {
  /**
   * This one and all before it are done with. Nothing happens when the consumer is lost: the broker delivers again what is
   * not acknowledged.
   */
  ack(): void;
}

export interface EventConsumer {
  /** Resolves with the reason when nothing comes any more. */
  readonly lost: Promise<unknown>;
  /** Acknowledgements reach the broker first; closing the connection at once would overtake them. */
  close(): Promise<void>;
}

export interface EventConsumerOptions {
  readonly model: ChannelModel;
  readonly queue: string;
  readonly prefetch: number;
  readonly consumeArguments: Readonly<Record<string, unknown>>;
  readonly onDelivery: (delivery: Delivery) => void;
}

/** Rejects as amqplib does: `code` 404 when there is no such queue, 403 when it may not be consumed. */
export async function openEventConsumer(options: EventConsumerOptions): Promise<EventConsumer> {
  const { model, queue, prefetch, consumeArguments, onDelivery } = options;
  let failure: unknown = new Error('The connection to the broker was closed.');
  let isLost = false;
  let lose: () => void = () => undefined;
  const lost = new Promise<unknown>((resolve) => {
    lose = () => {
      isLost = true;
      // The channels of a broken connection are closed before it says why.
      queueMicrotask(() => resolve(failure));
    };
  });
  const watch = (emitter: EventEmitter) => {
    emitter.on('error', (err: unknown) => {
      failure = err;
    });
    // What an operator closes is no error to amqplib: its reason comes with `close` alone.
    emitter.on('close', (reason?: Error) => {
      failure = reason ?? failure;
      lose();
    });
  };
  watch(model);
  const channel = await model.createChannel();
  watch(channel);

  function onMessage(message: ConsumeMessage | null): void {
    const event = message && readEvent(message);
    if (!message) loseQueue();
    else if (!event) putAside(message);
    else onDelivery({ ...event, ack: () => ack(message) });
  }

  function loseQueue(): void {
    failure = queueGone();
    lose();
  }

  /** To the dead-letter queue. A stream has none, and RabbitMQ ends the connection of who rejects in it: 540. */
  function putAside(message: ConsumeMessage): void {
    if (isLost) return;
    if (isOfStream(message)) channel.ack(message);
    else channel.reject(message, false);
  }

  // One acknowledgement for all that was done meanwhile: of many single ones a quorum queue keeps some back, and forgets
  // those when the channel is closed.
  let done: ConsumeMessage | undefined;
  function ack(message: ConsumeMessage): void {
    if (!done) setImmediate(sendAck);
    done = message;
  }

  function sendAck(): void {
    if (done && !isLost) channel.ack(done, true);
    done = undefined;
  }

  await channel.prefetch(prefetch);
  await channel.consume(queue, onMessage, { arguments: consumeArguments });
  return {
    lost,
    async close() {
      sendAck();
      await channel.close().catch(() => undefined); // The broker may have closed it already.
    },
  };
}

function isOfStream({ properties }: ConsumeMessage): boolean {
  return properties.headers?.['x-stream-offset'] !== undefined;
}

function queueGone(): Error {
  return Object.assign(new Error('The broker has ended the consumer: its queue is gone.'), { code: 404 });
}
