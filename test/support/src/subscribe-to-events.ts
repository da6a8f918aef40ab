// A subscriber of `gateway.events`, as docs/events.md describes it: a queue, a binding, repetitions dropped by id.
import { connect } from 'amqplib';
import { eventually } from './eventually.ts';
import { captureLogLine } from './run-captured-logs.ts';

export interface ArrivedEvent {
  readonly routingKey: string;
  readonly messageId: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
}

export interface EventSubscription {
  /** In the order of arrival, each once. */
  readonly arrived: readonly ArrivedEvent[];
  /** Waits for an event that fits. */
  next(fits: (event: ArrivedEvent) => boolean, message?: string): Promise<ArrivedEvent>;
  close(): Promise<void>;
}

export async function subscribeToEvents(amqpUrl: string, ...bindings: string[]): Promise<EventSubscription> {
  const model = await connect(amqpUrl);
  const channel = await model.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  for (const binding of bindings) await channel.bindQueue(queue, 'gateway.events', binding);
  const arrived = new Map<string, ArrivedEvent>();
  await channel.consume(
    queue,
    (message) => {
      if (!message) return;
      const { messageId, contentType, headers } = message.properties;
      const text = message.content.toString();
      captureLogLine('events', `${JSON.stringify(message.properties)} ${text}`);
      if (arrived.has(String(messageId))) return;
      arrived.set(String(messageId), {
        routingKey: message.fields.routingKey,
        messageId: String(messageId),
        contentType: String(contentType),
        headers: { ...headers },
        payload: JSON.parse(text),
      });
    },
    { noAck: true },
  );
  return {
    get arrived() {
      return [...arrived.values()];
    },
    next: (fits, message = 'No such event') =>
      eventually(() => [...arrived.values()].find(fits), { timeoutMs: 20_000, message }),
    close: () => model.close(),
  };
}
