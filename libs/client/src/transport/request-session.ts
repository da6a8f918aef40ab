// One connection to the broker and what was asked on it: docs/amqp-api.md. A session is used until it is lost or replaced
// by one with a newer token; requests that it loses are for their callers to send again, under the same message id.
import { routingKeyOf, topology } from '@cloud-gateway/contracts';
import type { ChannelModel, ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import { type ConnectionOptions, openConnection } from '../broker/open-connection.ts';
import { abortable } from '../calls/abortable.ts';
import { type GatewayProblem, localProblem } from '../gateway-problem.ts';
import { readReply } from './read-reply.ts';
import type { SendLimits, TransportAnswer, TransportRequest } from './transport.ts';

export interface RequestSession {
  send(request: TransportRequest, limits: SendLimits): Promise<TransportAnswer>;
  isOpen(): boolean;
  isClosed(): boolean;
  /** Closes when everything that is under way has its answer. */
  drain(): void;
  close(): Promise<void>;
}

/** Rejects with GatewayProblem: unauthenticated, unavailable. */
export async function openRequestSession(options: ConnectionOptions): Promise<RequestSession> {
  const model = await openConnection(options);
  try {
    const session = new DirectReplySession(model, await model.createConfirmChannel());
    await session.listen();
    return session;
  } catch (cause) {
    await model.close().catch(() => undefined);
    throw localProblem('unavailable', 'The connection to the broker broke while it was opened.', { cause });
  }
}

interface Pending {
  readonly resolve: (answer: TransportAnswer) => void;
  readonly reject: (problem: GatewayProblem) => void;
}

const replyTo = 'amq.rabbitmq.reply-to';

/** Modes: open → draining (a newer session takes what comes) → closed, by us or by the broker. */
class DirectReplySession implements RequestSession {
  readonly #model: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #pending = new Map<string, Pending>();
  #mode: 'open' | 'draining' | 'closed' = 'open';
  #failure: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(model: ChannelModel, channel: ConfirmChannel) {
    this.#model = model;
    this.#channel = channel;
    for (const emitter of [model, channel]) {
      emitter.on('error', (err: Error) => {
        this.#failure = err;
      });
      // What an operator closes is no error to amqplib: its reason comes with `close` alone.
      emitter.on('close', (reason?: Error) => {
        this.#failure ??= reason;
        this.#end();
      });
    }
    channel.on('return', (message: Message) => this.#onReturn(message));
  }

  async listen(): Promise<void> {
    await this.#channel.consume(replyTo, (message) => this.#onReply(message), { noAck: true });
  }

  isOpen(): boolean {
    return this.#mode === 'open';
  }

  isClosed(): boolean {
    return this.#mode === 'closed';
  }

  async send(request: TransportRequest, { signal, deadlineAtMs }: SendLimits): Promise<TransportAnswer> {
    signal.throwIfAborted();
    if (this.#mode === 'closed') throw lostConnection(this.#failure);
    const answer = new Promise<TransportAnswer>((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
    });
    try {
      this.#publish(request, deadlineAtMs);
      return await abortable(answer, signal);
    } finally {
      this.#pending.delete(request.id);
      if (this.#mode === 'draining') this.#closeWhenIdle();
    }
  }

  drain(): void {
    if (this.#mode !== 'open') return;
    this.#mode = 'draining';
    this.#closeWhenIdle();
  }

  async close(): Promise<void> {
    this.#end();
    await this.#closeModel();
  }

  #publish(request: TransportRequest, deadlineAtMs: number): void {
    const { id, method, path, query, headers, body = '' } = request;
    // No `deadlineAt`: that would be by our clock, which may be minutes off. The expiration is a span.
    const envelope = { version: 1, method, path, query, headers, body, bodyEncoding: 'utf8' };
    const properties = {
      messageId: id,
      replyTo,
      contentType: 'application/json',
      // A path that no service answers comes back at once.
      mandatory: true,
      persistent: method !== 'GET',
      expiration: Math.max(1, deadlineAtMs - Date.now()),
    };
    try {
      this.#channel.publish(
        topology.requestsExchange,
        routingKeyOf(method, path),
        Buffer.from(JSON.stringify(envelope)),
        properties,
        (err: Error | null) => err && this.#onUnconfirmed(id, err),
      );
    } catch (cause) {
      // The channel is closing, and has not said so yet.
      throw lostConnection(cause);
    }
  }

  #onReply(message: ConsumeMessage | null): void {
    if (!message) return;
    const pending = this.#pending.get(String(message.properties.correlationId));
    if (!pending) return; // A second answer to what was sent twice, or one that came too late.
    const answer = readReply(message.content);
    if (answer) pending.resolve(answer);
    else pending.reject(localProblem('internal', 'The gateway answered something that is no reply.'));
  }

  #onReturn(message: Message): void {
    const id = String(message.properties.messageId);
    this.#pending
      .get(id)
      ?.reject(localProblem('not-found', 'No service answers this path.', { requestId: id }));
  }

  /** The queue is full. What the end of the channel leaves unconfirmed is told by #end. */
  #onUnconfirmed(id: string, err: Error): void {
    if (err.message !== 'message nacked') return;
    const problem = localProblem('overloaded', 'The gateway has too many requests waiting already.', {
      requestId: id,
    });
    this.#pending.get(id)?.reject(problem);
  }

  #end(): void {
    if (this.#mode === 'closed') return;
    this.#mode = 'closed';
    // The channels of a broken connection are closed before it says why.
    queueMicrotask(() => {
      const problem = lostConnection(this.#failure);
      for (const { reject } of this.#pending.values()) reject(problem);
      void this.#closeModel(); // It may be the channel alone that was lost.
    });
  }

  #closeWhenIdle(): void {
    if (this.#pending.size === 0) this.#end();
  }

  /** Once; fine when the broker has closed it already. */
  #closeModel(): Promise<void> {
    this.#closing ??= this.#model.close().catch(() => undefined);
    return this.#closing;
  }
}

function lostConnection(cause: unknown): GatewayProblem {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  // 403: this user may not do what it tried; the same again would be refused again.
  return (cause as { code?: unknown } | undefined)?.code === 403
    ? localProblem('forbidden', `The broker does not allow it${reason}.`, { cause })
    : localProblem('unavailable', `The connection to the broker broke${reason}.`, { cause });
}
