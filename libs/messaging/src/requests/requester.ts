// Sends request envelopes and waits for their answers: the edge's half of request and reply, and any AMQP client's.
//
// A request lives here from send() until its answer, its refusal or its deadline, whatever happens to the connection:
// after a reconnection it is sent again under the same message id. Reads are harmless to repeat, and a write that was
// executed already is answered from the idempotency table.
import {
  deliveryClassOf,
  GatewayError,
  type ReplyEnvelope,
  type RequestEnvelope,
  routingKeyOf,
  topology,
} from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerComponent, BrokerConnection } from '../connection/connect-broker.ts';
import { declareExchanges } from '../connection/declare-topology.ts';
import { createWriteBatch } from '../connection/write-batch.ts';
import { type ChannelWriter, createChannelWriter } from '../wire/channel-writer.ts';
import type { WireMessage } from '../wire/encode-publish.ts';
import { createLearnedRoutes, type LearnedRoutes } from './learned-routes.ts';
import { parseReplyEnvelope } from './parse-reply-envelope.ts';

export interface SentRequest {
  /** The message id; the request id in every log. */
  readonly requestId: string;
  /** Rejects with GatewayError: not-found, overloaded, unavailable, deadline-exceeded. */
  readonly reply: Promise<ReplyEnvelope>;
  /** Nobody waits any more; a write goes on all the same. */
  cancel(): void;
}

export interface Requester {
  send(envelope: RequestEnvelope & { readonly deadlineAt: number }, requestId: string): SentRequest;
  /** Requests that wait for their answer. */
  pendingCount(): number;
  stop(): Promise<void>;
}

export interface RequesterOptions {
  readonly connection: BrokerConnection;
  readonly log: Logger;
  /** More requests than this wait already: refuse at once. */
  readonly pendingMax?: number;
  /** How long a request that is under way waits for a lost broker to come back. */
  readonly reconnectGraceMs?: number;
  readonly now?: () => number;
}

export async function createRequester(options: RequesterOptions): Promise<Requester> {
  const requester = new ReplyWaiter(options);
  await options.connection.attach(requester);
  return requester;
}

interface Pending {
  readonly requestId: string;
  readonly routingKey: string;
  readonly isWrite: boolean;
  readonly content: string;
  readonly deadlineAtMs: number;
  readonly resolve: (reply: ReplyEnvelope) => void;
  readonly reject: (error: GatewayError) => void;
  readonly timer: NodeJS.Timeout;
}

const replyTo = 'amq.rabbitmq.reply-to';

class ReplyWaiter implements Requester, BrokerComponent {
  readonly name = 'requester';
  readonly #options: Required<RequesterOptions>;
  readonly #pending = new Map<string, Pending>();
  readonly #routes: LearnedRoutes;
  // Direct reply-to is bound to the channel that publishes, so each class has a channel of its own with its own replies.
  #reads: Channel | undefined;
  #writes: ConfirmChannel | undefined;
  #readWriter: ChannelWriter | undefined;
  #batchWrites: () => void = () => undefined;
  #graceTimer: NodeJS.Timeout | undefined;

  constructor(options: RequesterOptions) {
    this.#options = { pendingMax: 10_000, reconnectGraceMs: 10_000, now: Date.now, ...options };
    this.#routes = createLearnedRoutes({ now: this.#options.now });
  }

  async open(model: ChannelModel): Promise<void> {
    const reads = await model.createChannel();
    const writes = await model.createConfirmChannel();
    await declareExchanges(reads);
    for (const channel of [reads, writes]) {
      channel.on('return', (message) => this.#onReturn(message));
      channel.on('error', (err) => this.#options.log.warn('a request channel failed', { err }));
      channel.on('close', () => this.#onChannelClose(channel));
      await channel.consume(replyTo, (message) => this.#onReply(message), { noAck: true });
    }
    this.#reads = reads;
    this.#writes = writes;
    this.#readWriter = createChannelWriter(model, reads);
    this.#batchWrites = createWriteBatch(model);
    clearTimeout(this.#graceTimer);
    for (const pending of this.#pending.values()) this.#publish(pending);
  }

  lost(): void {
    void this.#closeChannels();
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => this.#refuseAll(), this.#options.reconnectGraceMs).unref();
  }

  send(envelope: RequestEnvelope & { readonly deadlineAt: number }, requestId: string): SentRequest {
    let resolve!: Pending['resolve'];
    let reject!: Pending['reject'];
    const reply = new Promise<ReplyEnvelope>((onReply, onError) => {
      resolve = onReply;
      reject = onError;
    });
    const refusal = this.#refusalNow();
    if (refusal) {
      reject(refusal);
      return { requestId, reply, cancel: () => undefined };
    }
    const pending: Pending = {
      requestId,
      routingKey: routingKeyOf(envelope.method, envelope.path),
      isWrite: deliveryClassOf(envelope.method) === 'write',
      content: JSON.stringify(envelope),
      deadlineAtMs: envelope.deadlineAt,
      resolve,
      reject,
      timer: setTimeout(
        () => this.#onDeadline(requestId),
        Math.max(0, envelope.deadlineAt - this.#options.now()),
      ),
    };
    this.#pending.set(requestId, pending);
    this.#publish(pending);
    return { requestId, reply, cancel: () => void this.#take(requestId) };
  }

  pendingCount(): number {
    return this.#pending.size;
  }

  async stop(): Promise<void> {
    this.#options.connection.detach(this);
    clearTimeout(this.#graceTimer);
    this.#refuseAll();
    await this.#closeChannels();
  }

  /** One of the two may have died alone; the other must not go on beside its successor. */
  async #closeChannels(): Promise<void> {
    const channels = [this.#reads, this.#writes];
    this.#reads = undefined;
    this.#writes = undefined;
    await closeQuietly(channels);
  }

  #refusalNow(): GatewayError | undefined {
    if (!this.#reads || !this.#writes) return brokerGone();
    if (this.#pending.size >= this.#options.pendingMax) return overloaded();
    return undefined;
  }

  #publish(pending: Pending): void {
    if (!this.#reads || !this.#writes) return; // Sent when the connection is back.
    try {
      if (pending.isWrite) this.#publishWrite(this.#writes, pending);
      else this.#readWriter?.publish(this.#readOf(pending));
    } catch (err) {
      // The channel is dying; its close event brings a new one, and then this is sent again.
      this.#options.log.debug('a request could not be published; it waits for the connection', { err });
    }
  }

  #publishWrite(channel: ConfirmChannel, pending: Pending): void {
    const { exchange, routingKey, content, expirationMs, ...properties } = this.#messageOf(pending);
    channel.publish(
      exchange,
      routingKey,
      Buffer.from(content),
      { ...properties, expiration: expirationMs, contentType: 'application/json', persistent: true },
      (err: Error | null) => {
        if (err) this.#onUnconfirmed(pending, err);
      },
    );
    this.#batchWrites();
  }

  #readOf(pending: Pending): WireMessage {
    const message = this.#messageOf(pending);
    const queue = this.#routes.find(pending.routingKey);
    return queue === undefined ? message : { ...message, exchange: '', routingKey: queue };
  }

  #messageOf({ routingKey, content, requestId, deadlineAtMs }: Pending) {
    return {
      exchange: topology.requestsExchange,
      routingKey,
      content,
      messageId: requestId,
      replyTo,
      expirationMs: Math.max(1, deadlineAtMs - this.#options.now()),
      mandatory: true,
    };
  }

  #onReply(message: ConsumeMessage | null): void {
    if (!message) return;
    const pending = this.#take(String(message.properties.correlationId));
    if (!pending) return; // A second answer to a request that was sent twice, or one that came after the deadline.
    const { type, appId } = message.properties;
    if (type && appId && !pending.isWrite) this.#routes.learn(String(type), String(appId));
    const reply = parseReplyEnvelope(message.content);
    if (reply) pending.resolve(reply);
    else
      pending.reject(
        new GatewayError('internal', { message: 'A service answered with something that is no reply.' }),
      );
  }

  #onReturn(message: Message): void {
    if (message.fields.exchange === '') {
      // The queue that was learned is gone; the exchange knows better.
      this.#routes.forget(message.fields.routingKey);
      const detour = this.#pending.get(String(message.properties.messageId));
      if (detour) this.#publish(detour);
      return;
    }
    const pending = this.#take(String(message.properties.messageId));
    pending?.reject(new GatewayError('not-found', { message: 'No service answers this path.' }));
  }

  /** The broker refused a write (its queue is full), or the channel died before it could say. */
  #onUnconfirmed(pending: Pending, err: Error): void {
    if (err.message === 'message nacked') this.#take(pending.requestId)?.reject(overloaded());
  }

  #onChannelClose(channel: Channel): void {
    if (channel === this.#reads || channel === this.#writes) this.#options.connection.reopen(this);
  }

  #onDeadline(requestId: string): void {
    this.#take(requestId)?.reject(
      this.#reads
        ? new GatewayError('deadline-exceeded', { message: 'No service answered in time.' })
        : brokerGone(),
    );
  }

  #refuseAll(): void {
    for (const requestId of [...this.#pending.keys()]) this.#take(requestId)?.reject(brokerGone());
  }

  #take(requestId: string): Pending | undefined {
    const pending = this.#pending.get(requestId);
    if (!pending) return undefined;
    this.#pending.delete(requestId);
    clearTimeout(pending.timer);
    return pending;
  }
}

function brokerGone(): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The message broker cannot be reached just now.',
    retryAfterMs: 2_000,
  });
}

function overloaded(): GatewayError {
  return new GatewayError('overloaded', {
    message: 'Too many requests are waiting already.',
    retryAfterMs: 1_000,
  });
}
