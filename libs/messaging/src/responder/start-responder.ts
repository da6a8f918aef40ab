// Serves the requests of one service: declares its queues, takes requests off them, answers each one. Reads are
// answered concurrently and acknowledged in batches; writes run once each and are acknowledged after their outcome is
// stored. Nothing that a message can hold makes this stop.
import { randomUUID } from 'node:crypto';
import { GatewayError, topology } from '@cloud-gateway/contracts';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerComponent } from '../connection/connect-broker.ts';
import {
  declareDeadLetters,
  declareExchanges,
  declareOverflow,
  declareRequestQueues,
} from '../connection/declare-topology.ts';
import { buryDeadLetter } from '../dead-letters/bury-dead-letter.ts';
import { type ChannelWriter, createChannelWriter } from '../wire/channel-writer.ts';
import { createAckBatch } from './ack-batch.ts';
import { type Delivery, toDelivery } from './delivery.ts';
import { encodeProblem } from './encode-answer.ts';
import type { OpenedRequest } from './open-request.ts';
import { answerOverflow } from './overflow-responder.ts';
import { createPrefixFinder } from './prefix-finder.ts';
import { isAllowedReplyAddress } from './reply-address.ts';
import type { RequestOutcome } from './request-outcome.ts';
import { defaultLimits, type ResponderLimits, type ResponderOptions } from './responder-options.ts';
import { createRouteFinder } from './route-finder.ts';
import { runHandler } from './run-handler.ts';
import { runWriteOnce } from './run-write-once.ts';
import { type RequestServer, type Served, serveRequest } from './serve-request.ts';

export interface Responder {
  /** Takes no more requests, waits for those under way, then closes its channels. */
  stop(): Promise<void>;
}

export async function startResponder(options: ResponderOptions): Promise<Responder> {
  const responder = new RequestResponder(options);
  await options.connection.attach(responder);
  return responder;
}

class RequestResponder implements Responder, BrokerComponent {
  readonly name: string;
  readonly #options: ResponderOptions;
  readonly #limits: ResponderLimits;
  readonly #server: RequestServer;
  readonly #findPrefix: (routingKey: string) => string | undefined;
  readonly #readQueue: string;
  /** Names this process among all that execute writes. */
  readonly #owner = randomUUID();
  /** Channels of the present connection, with the tags to cancel their consumers by. */
  #consumers: { channel: Channel; consumerTag: string }[] = [];
  #channels: Channel[] = [];
  /** Requests under way, and whoever waits for them to be none. */
  #underWay = 0;
  #onIdle: (() => void) | undefined;

  constructor(options: ResponderOptions) {
    const { service, handlers, authenticate, log, limits, now = Date.now } = options;
    this.name = `responder ${service}`;
    this.#options = options;
    this.#findPrefix = createPrefixFinder(options.bindings);
    this.#readQueue = topology.requestQueue(service, 'read');
    this.#limits = { ...defaultLimits, ...limits };
    const { defaultTimeoutMs } = this.#limits;
    this.#server = { findRoute: createRouteFinder(handlers), authenticate, log, now, defaultTimeoutMs };
  }

  async open(model: ChannelModel): Promise<void> {
    const reads = await this.#openChannel(model, this.#limits.readPrefetch);
    const writes = await this.#openChannel(model, this.#limits.writePrefetch);
    await declareExchanges(reads);
    await declareOverflow(reads);
    await declareDeadLetters(reads);
    const { queueLengthMax } = this.#limits;
    const queues = await declareRequestQueues(reads, { ...this.#options, queueLengthMax });
    this.#channels = [reads, writes];
    this.#consumers = [];
    await this.#consumeReads(queues.read, reads, createChannelWriter(model, reads));
    await this.#consumeWrites(queues.write, writes, createChannelWriter(model, writes));
  }

  lost(): void {
    void this.#closeChannels();
  }

  async stop(): Promise<void> {
    this.#options.connection.detach(this);
    for (const { channel, consumerTag } of this.#consumers) {
      await channel.cancel(consumerTag).catch(() => undefined);
    }
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      if (this.#underWay === 0) resolve();
    });
    // The last answers and acknowledgements leave at the end of the turn in which the last request ended.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await this.#closeChannels();
  }

  /** One of the two may have died alone; the other must not go on consuming beside its successor. */
  async #closeChannels(): Promise<void> {
    const channels = this.#channels;
    this.#channels = [];
    this.#consumers = [];
    await closeQuietly(channels);
  }

  async #openChannel(model: ChannelModel, prefetch: number): Promise<Channel> {
    const { service, log, connection } = this.#options;
    const channel = await model.createChannel();
    channel.on('error', (err) => log.warn('a responder channel failed', { service, err }));
    channel.on('close', () => {
      if (this.#channels.includes(channel)) connection.reopen(this);
    });
    await channel.prefetch(prefetch);
    return channel;
  }

  async #consumeReads(queue: string, channel: Channel, writer: ChannelWriter): Promise<void> {
    const acks = createAckBatch(writer);
    await this.#consume(channel, queue, (message) => {
      const { deliveryTag } = message.fields;
      const delivery = toDelivery(message, 'read', this.#server.now());
      acks.delivered(deliveryTag);
      this.#begin();
      // serveRequest turns every fault into an answer, so there is no other way for this to end.
      void serveRequest(this.#server, delivery, runOnce).then((served) => {
        this.#finish(writer, delivery, served);
        acks.settled(deliveryTag);
        this.#end();
      });
    });
    await answerOverflow({ channel, writer });
  }

  async #consumeWrites(queue: string, channel: Channel, writer: ChannelWriter): Promise<void> {
    await this.#consume(channel, queue, (message) => {
      this.#begin();
      void this.#serveWrite(channel, writer, toDelivery(message, 'write', this.#server.now())).finally(() =>
        this.#end(),
      );
    });
  }

  async #consume(
    channel: Channel,
    queue: string,
    onMessage: (message: ConsumeMessage) => void,
  ): Promise<void> {
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) onMessage(message);
      else if (this.#channels.includes(channel)) this.#options.connection.reopen(this); // The queue was deleted.
    });
    this.#consumers.push({ channel, consumerTag });
  }

  async #serveWrite(channel: Channel, writer: ChannelWriter, delivery: Delivery): Promise<void> {
    const { deliveryTag } = delivery.message.fields;
    try {
      if (delivery.earlierDeliveries >= this.#limits.deliveriesMax) await this.#bury(writer, delivery);
      else {
        const served = await serveRequest(this.#server, delivery, (request) => this.#executeWrite(request));
        this.#finish(writer, delivery, served);
      }
    } catch (err) {
      this.#options.log.error('a write goes back to its queue', { requestId: delivery.requestId, err });
      returnToQueue(channel, delivery.message);
      return;
    }
    acknowledge(writer, deliveryTag);
  }

  #executeWrite(request: OpenedRequest) {
    const { idempotency } = this.#options;
    const { writeLeaseMs: leaseMs } = this.#limits;
    return runWriteOnce({ idempotency, owner: this.#owner, leaseMs, now: this.#server.now }, request);
  }

  async #bury(writer: ChannelWriter, delivery: Delivery): Promise<void> {
    const { seal, log, service } = this.#options;
    const { requestId, earlierDeliveries: deliveries } = delivery;
    const reason = 'its handling ended a process again and again';
    await buryDeadLetter({ writer, seal, delivery, service, reason, at: new Date(this.#server.now()) });
    log.error('a write is a dead letter now', { requestId, deliveries });
    const error = new GatewayError('internal', {
      message: 'This request could not be handled; it is kept for the operator.',
    });
    const reply = encodeProblem(error, requestId);
    this.#finish(writer, delivery, { reply, request: undefined, code: error.code });
  }

  /** Sends the answer and tells the outcome. */
  #finish(writer: ChannelWriter, delivery: Delivery, { reply, request, code }: Served): void {
    const { requestId, replyTo, routingKey, userId } = delivery;
    const clientId = request?.caller?.clientId;
    if (reply && replyTo && isAllowedReplyAddress(replyTo, clientId ?? userId)) {
      try {
        const content = JSON.stringify(reply);
        // Tells the requester that it may ask this queue directly; see learned-routes.ts.
        const type = this.#findPrefix(routingKey);
        const shortcut = type && { type, appId: this.#readQueue };
        writer.publish({ exchange: '', routingKey: replyTo, content, correlationId: requestId, ...shortcut });
      } catch (err) {
        // The connection died under us. The caller repeats a read; a write is redelivered and answered from the store.
        this.#options.log.debug('an answer could not be sent', { requestId, err });
      }
    }
    this.#tell(delivery, {
      route: request?.handler.route.name ?? 'none',
      deliveryClass: delivery.deliveryClass,
      status: reply?.status ?? 'dropped',
      requestId,
      clientId,
      durationMs: this.#server.now() - delivery.receivedAtMs,
      code,
    });
  }

  #tell({ deliveryClass }: Delivery, outcome: RequestOutcome): void {
    const { onOutcome, log } = this.#options;
    onOutcome?.(outcome);
    const isNews = outcome.status === 'dropped' || deliveryClass === 'write' || outcome.code === 'internal';
    log[isNews ? 'info' : 'debug']('request finished', outcome as unknown as Record<string, unknown>);
  }

  #begin(): void {
    this.#underWay++;
  }

  #end(): void {
    this.#underWay--;
    if (this.#underWay === 0) this.#onIdle?.();
  }
}

function runOnce(request: OpenedRequest) {
  return runHandler(request, 1);
}

function acknowledge(writer: ChannelWriter, deliveryTag: number): void {
  try {
    writer.ack(deliveryTag, false);
  } catch {
    // The channel is gone: it will be delivered again, and answered from the store.
  }
}

function returnToQueue(channel: Channel, message: ConsumeMessage): void {
  try {
    channel.nack(message, false, true);
  } catch {
    // The channel is gone, and with it the message went back already.
  }
}
