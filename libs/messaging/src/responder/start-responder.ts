// Serves the requests of one service: declares its queues, takes requests off them, answers each one. Reads are
// answered concurrently and acknowledged in batches; writes run once each and are acknowledged after their outcome is
// stored. Nothing that a message can hold makes this stop.
import { randomUUID } from 'node:crypto';
import { GatewayError, isGatewayError, type ReplyEnvelope } from '@cloud-gateway/contracts';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerComponent } from '../connection/connect-broker.ts';
import {
  declareDeadLetters,
  declareExchanges,
  declareOverflow,
  declareRequestQueues,
} from '../connection/declare-topology.ts';
import { createWriteBatch } from '../connection/write-batch.ts';
import { buryDeadLetter } from '../dead-letters/bury-dead-letter.ts';
import { createAckBatch } from './ack-batch.ts';
import { type Delivery, toDelivery } from './delivery.ts';
import { encodeProblem } from './encode-answer.ts';
import { type OpenedRequest, openRequest } from './open-request.ts';
import { answerOverflow } from './overflow-responder.ts';
import { parseRequestEnvelope } from './parse-request-envelope.ts';
import { isAllowedReplyAddress } from './reply-address.ts';
import type { RequestOutcome } from './request-outcome.ts';
import { defaultLimits, type ResponderLimits, type ResponderOptions } from './responder-options.ts';
import { createRouteFinder } from './route-finder.ts';
import { runHandler } from './run-handler.ts';
import { runWriteOnce } from './run-write-once.ts';

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
  readonly #now: () => number;
  readonly #findRoute: ReturnType<typeof createRouteFinder>;
  readonly #owner = randomUUID();
  readonly #underWay = new Set<Promise<void>>();
  /** Channels of the present connection, with the tags to cancel their consumers by. */
  #consumers: { channel: Channel; consumerTag: string }[] = [];
  #channels: Channel[] = [];
  #batchWrites: () => void = () => undefined;

  constructor(options: ResponderOptions) {
    this.name = `responder ${options.service}`;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#now = options.now ?? Date.now;
    this.#findRoute = createRouteFinder(options.handlers);
  }

  async open(model: ChannelModel): Promise<void> {
    this.#batchWrites = createWriteBatch(model);
    const reads = await this.#openChannel(model, this.#limits.readPrefetch);
    const writes = await this.#openChannel(model, this.#limits.writePrefetch);
    await declareExchanges(reads);
    await declareOverflow(reads);
    await declareDeadLetters(reads);
    const { service, bindings } = this.#options;
    const queues = await declareRequestQueues(reads, {
      service,
      bindings,
      queueLengthMax: this.#limits.queueLengthMax,
    });
    this.#channels = [reads, writes];
    this.#consumers = [];
    const acks = createAckBatch(reads, this.#batchWrites);
    await this.#consume(reads, queues.read, (message) => {
      acks.delivered(message);
      this.#track(
        this.#serveRead(reads, toDelivery(message, 'read', this.#now())).finally(() => acks.settled(message)),
      );
    });
    await this.#consume(writes, queues.write, (message) => {
      this.#track(this.#serveWrite(writes, toDelivery(message, 'write', this.#now())));
    });
    await answerOverflow({ channel: reads, batchWrites: this.#batchWrites });
  }

  lost(): void {
    void this.#closeChannels();
  }

  async stop(): Promise<void> {
    this.#options.connection.detach(this);
    await Promise.all(
      this.#consumers.map(({ channel, consumerTag }) => channel.cancel(consumerTag).catch(() => undefined)),
    );
    await Promise.allSettled([...this.#underWay]);
    // The last batch of acknowledgements leaves in the turn after the last request.
    await new Promise((resolve) => setImmediate(resolve));
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
    const channel = await model.createChannel();
    channel.on('error', (err) =>
      this.#options.log.warn('a responder channel failed', { service: this.#options.service, err }),
    );
    channel.on('close', () => {
      if (this.#channels.includes(channel)) this.#options.connection.reopen(this);
    });
    await channel.prefetch(prefetch);
    return channel;
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

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((err: unknown) => this.#options.log.error('a request could not be finished', { err }))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #serveRead(channel: Channel, delivery: Delivery): Promise<void> {
    await this.#serve(channel, delivery, (request) => runHandler(request, 1));
  }

  async #serveWrite(channel: Channel, delivery: Delivery): Promise<void> {
    try {
      if (delivery.earlierDeliveries >= this.#limits.deliveriesMax) await this.#bury(channel, delivery);
      else await this.#serve(channel, delivery, (request) => this.#executeWrite(request));
      acknowledge(channel, delivery.message);
    } catch (err) {
      this.#options.log.error('a write goes back to its queue', { requestId: delivery.requestId, err });
      returnToQueue(channel, delivery.message);
    }
    this.#batchWrites();
  }

  async #executeWrite(request: OpenedRequest): Promise<ReplyEnvelope> {
    return runWriteOnce(
      {
        idempotency: this.#options.idempotency,
        owner: this.#owner,
        leaseMs: this.#limits.writeLeaseMs,
        now: this.#now,
      },
      request,
    );
  }

  /** Opens the request, runs it, replies, tells the outcome. Every refusal and fault ends here as a problem. */
  async #serve(
    channel: Channel,
    delivery: Delivery,
    run: (request: OpenedRequest) => Promise<ReplyEnvelope>,
  ): Promise<void> {
    let request: OpenedRequest | undefined;
    let reply: ReplyEnvelope;
    let code: string | undefined;
    try {
      const envelope = parseRequestEnvelope(delivery.message.content);
      const deadlineAtMs =
        envelope.deadlineAt ?? deadlineFromExpiration(delivery, this.#limits.defaultTimeoutMs);
      if (deadlineAtMs <= this.#now()) return this.#tell(delivery, undefined, 'dropped', 'deadline-exceeded');
      request = await openRequest(
        { ...this.#options, findRoute: this.#findRoute },
        delivery,
        envelope,
        deadlineAtMs,
      );
      if (delivery.replyTo && !isAllowedReplyAddress(delivery.replyTo, request.caller?.clientId)) {
        this.#options.log.warn('a request was dropped: its reply_to is not the caller’s own queue', {
          requestId: delivery.requestId,
          replyTo: delivery.replyTo,
        });
        return this.#tell(delivery, request, 'dropped', 'forbidden');
      }
      reply = await run(request);
    } catch (err) {
      const error = this.#toGatewayError(err, delivery);
      code = error.code;
      reply = encodeProblem(error, delivery.requestId);
    }
    this.#reply(channel, delivery, reply, request?.caller?.clientId);
    this.#tell(delivery, request, reply.status, code);
  }

  #reply(channel: Channel, delivery: Delivery, reply: ReplyEnvelope, clientId: string | undefined): void {
    if (!delivery.replyTo || !isAllowedReplyAddress(delivery.replyTo, clientId)) return;
    try {
      channel.publish('', delivery.replyTo, Buffer.from(JSON.stringify(reply)), {
        correlationId: delivery.requestId,
        contentType: 'application/json',
      });
      this.#batchWrites();
    } catch (err) {
      // The connection died under us. The caller repeats a read; a write is redelivered and answered from the store.
      this.#options.log.debug('an answer could not be sent', { requestId: delivery.requestId, err });
    }
  }

  async #bury(channel: Channel, delivery: Delivery): Promise<void> {
    const { seal, log, service } = this.#options;
    await buryDeadLetter({
      channel,
      seal,
      delivery,
      service,
      reason: 'its handling ended a process again and again',
      at: new Date(this.#now()),
    });
    log.error('a write is a dead letter now', {
      requestId: delivery.requestId,
      deliveries: delivery.earlierDeliveries,
    });
    const error = new GatewayError('internal', {
      message: 'This request could not be handled; it is kept for the operator.',
    });
    this.#reply(channel, delivery, encodeProblem(error, delivery.requestId), undefined);
    this.#tell(delivery, undefined, error.status, error.code);
  }

  #toGatewayError(err: unknown, delivery: Delivery): GatewayError {
    if (isGatewayError(err)) return err;
    this.#options.log.error('a request failed outside its handler', { requestId: delivery.requestId, err });
    return new GatewayError('internal', {
      message: 'The gateway failed to handle this request.',
      cause: err,
    });
  }

  #tell(
    delivery: Delivery,
    request: OpenedRequest | undefined,
    status: RequestOutcome['status'],
    code: string | undefined,
  ): void {
    const outcome: RequestOutcome = {
      route: request?.handler.route.name ?? 'none',
      deliveryClass: delivery.deliveryClass,
      status,
      requestId: delivery.requestId,
      clientId: request?.caller?.clientId,
      durationMs: this.#now() - delivery.receivedAtMs,
      code,
    };
    this.#options.onOutcome?.(outcome);
    const level =
      status === 'dropped' || delivery.deliveryClass === 'write' || code === 'internal' ? 'info' : 'debug';
    this.#options.log[level]('request finished', { ...outcome });
  }
}

function deadlineFromExpiration(delivery: Delivery, defaultTimeoutMs: number): number {
  const expirationMs = Number(delivery.message.properties.expiration);
  return delivery.receivedAtMs + (expirationMs > 0 ? expirationMs : defaultTimeoutMs);
}

function acknowledge(channel: Channel, message: ConsumeMessage): void {
  try {
    channel.ack(message);
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
