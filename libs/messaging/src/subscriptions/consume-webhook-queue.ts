// Takes events off the queue of one webhook, on a channel of its own: what goes wrong with one webhook stays there. It
// never makes the connection fail: a queue that is not there (yet, or any more) is looked for again by `reopen`.
// Several processes consume one such queue; the broker gives the events to one of them, and when that one's channel
// closes, all that it has not acknowledged to the next, in order.
import type { Logger } from '@cloud-gateway/runtime';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerComponent, BrokerConnection } from '../connection/connect-broker.ts';

export interface WebhookDelivery {
  readonly id: string;
  /** CloudEvents 1.0 attributes, without their prefix: specversion, id, type, source, subject, time. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** Exactly as it was published. */
  readonly payload: Buffer;
  /** The key that it was published with; undefined when it was put into the queue directly. */
  readonly routingKey: string | undefined;
  /** The broker has given it out before, to this process or another. */
  readonly redelivered: boolean;
  /** False when the channel that it came by is gone: it will be delivered again. */
  ack(): boolean;
}

export interface WebhookQueueOptions {
  readonly connection: BrokerConnection;
  readonly queue: string;
  /** Events held at once, unacknowledged. */
  readonly prefetch: number;
  readonly onDelivery: (delivery: WebhookDelivery) => void;
  /** The deliveries so far can no longer be acknowledged; those that were not come again. */
  readonly onLost: () => void;
  readonly log: Logger;
}

export interface WebhookQueueConsumer {
  /** True while the broker has it as a consumer. Not: that it is the one that gets the events. */
  isOpen(): boolean;
  /** Opens again what is not open. For a queue that did not exist when it was looked for. */
  reopen(): void;
  /**
   * Gives back all that is unacknowledged and queues up again as consumer. The broker ends a channel that holds a
   * message for longer than its `consumer_timeout` (30 minutes unless configured), so do this in time.
   */
  renew(): Promise<void>;
  /** Gives back all that is unacknowledged, for good. */
  stop(): Promise<void>;
}

export async function consumeWebhookQueue(options: WebhookQueueOptions): Promise<WebhookQueueConsumer> {
  const consumer = new QueueConsumer(options);
  await options.connection.attach(consumer);
  return consumer;
}

/** Modes: `closed` (no channel) ⇄ `open` (consuming) → `stopped`. */
class QueueConsumer implements WebhookQueueConsumer, BrokerComponent {
  readonly name: string;
  readonly #options: WebhookQueueOptions;
  #channel: Channel | undefined;
  /** Counts openings: of two at once the later one holds. */
  #opening = 0;
  #stopped = false;

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
    this.name = `consumer of ${options.queue}`;
  }

  isOpen(): boolean {
    return this.#channel !== undefined;
  }

  reopen(): void {
    if (this.#channel === undefined && !this.#stopped) this.#options.connection.reopen(this);
  }

  async renew(): Promise<void> {
    await this.#closeChannel();
    this.reopen();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.connection.detach(this);
    await this.#closeChannel();
  }

  async open(model: ChannelModel): Promise<void> {
    if (this.#stopped || this.#channel) return;
    this.#opening += 1;
    const opening = this.#opening;
    let channel: Channel | undefined;
    try {
      channel = await model.createChannel();
      if (this.#stopped || opening !== this.#opening) await closeQuietly([channel]);
      else await this.#consume(channel);
    } catch (err) {
      // Not passed on: it would end the connection, and with it the other webhooks.
      this.#options.log.debug('the queue of a webhook cannot be consumed now', { component: this.name, err });
      this.#forget(channel);
      await closeQuietly([channel]);
    }
  }

  lost(): void {
    this.#forget(this.#channel);
  }

  async #consume(channel: Channel): Promise<void> {
    const { queue, prefetch, log } = this.#options;
    channel.on('error', (err) => log.debug('a channel failed', { component: this.name, err }));
    channel.on('close', () => this.#forget(channel));
    await channel.prefetch(prefetch);
    // Set before the first delivery can come, which may be in the very chunk of bytes that has the broker's consent.
    this.#channel = channel;
    await channel.consume(queue, (message) => this.#receive(channel, message));
  }

  #receive(channel: Channel, message: ConsumeMessage | null): void {
    if (this.#channel !== channel) return;
    if (message) this.#options.onDelivery(toDelivery(channel, message, () => this.#channel === channel));
    else void this.#closeChannel(); // The queue was deleted.
  }

  async #closeChannel(): Promise<void> {
    const channel = this.#channel;
    this.#forget(channel);
    await closeQuietly([channel]);
  }

  #forget(channel: Channel | undefined): void {
    if (channel === undefined || this.#channel !== channel) return;
    this.#channel = undefined;
    this.#options.onLost();
  }
}

const attributePrefix = 'cloudEvents_';

function toDelivery(channel: Channel, message: ConsumeMessage, isCurrent: () => boolean): WebhookDelivery {
  const { properties, fields, content } = message;
  return {
    id: String(properties.messageId),
    attributes: attributesOf(properties.headers ?? {}),
    contentType: String(properties.contentType ?? 'application/json'),
    payload: content,
    routingKey: fields.exchange === '' ? undefined : fields.routingKey,
    redelivered: fields.redelivered,
    ack() {
      if (!isCurrent()) return false;
      try {
        channel.ack(message);
        return true;
      } catch {
        return false; // It is closing just now.
      }
    },
  };
}

function attributesOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(attributePrefix) ? [[name.slice(attributePrefix.length), String(value)]] : [],
    ),
  );
}
