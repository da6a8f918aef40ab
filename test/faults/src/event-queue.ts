// A subscriber who must not miss anything: a durable quorum queue on `gateway.events`, which outlives the broker's
// restarts. What arrives is captured, so that the end of the run searches it for secrets.
import { topology } from '@cloud-gateway/contracts';
import { captureLogLine, type EventuallyOptions, eventually } from '@cloud-gateway/test-support';
import { type Channel, type ChannelModel, type ConsumeMessage, connect, type GetMessage } from 'amqplib';

export interface ArrivedEvent {
  readonly id: string;
  readonly routingKey: string;
  readonly payload: unknown;
}

export interface EventQueue {
  /** Everything so far, in the order of arrival, each event as often as it came. */
  readonly arrived: readonly ArrivedEvent[];
  /** Takes events off the queue until the check passes. */
  until<Result>(
    check: (arrived: readonly ArrivedEvent[]) => Promise<Result> | Result,
    options?: EventuallyOptions,
  ): Promise<void>;
  /** Takes what is there now. */
  drain(): Promise<void>;
  /** Drops what is there, unseen: of a test that makes thousands. */
  discard(): Promise<void>;
}

const queue = 'faults.events';

/** Declares the queue. The broker need not run in between; it must while `until` works. */
export async function declareEventQueue(amqpUrl: string): Promise<EventQueue> {
  const arrived: ArrivedEvent[] = [];
  await withConnection(amqpUrl, async (model) => {
    const channel = await model.createChannel();
    await channel.assertExchange(topology.eventsExchange, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    for (const binding of ['v1.ec2.#', 'v1.gateway.#'])
      await channel.bindQueue(queue, topology.eventsExchange, binding);
  });
  function take(channel: Channel, message: GetMessage | ConsumeMessage): void {
    const text = message.content.toString();
    captureLogLine('events', `${JSON.stringify(message.properties)} ${text}`);
    arrived.push({
      id: String(message.properties.messageId),
      routingKey: message.fields.routingKey,
      payload: JSON.parse(text),
    });
    channel.ack(message);
  }
  return {
    arrived,
    drain: () =>
      withConnection(amqpUrl, async (model) => {
        const channel = await model.createChannel();
        for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
          take(channel, message);
        }
        await channel.close();
      }),
    discard: () =>
      withConnection(amqpUrl, async (model) => {
        const channel = await model.createChannel();
        await channel.purgeQueue(queue);
        await channel.close();
      }),
    until: (check, options = {}) =>
      withConnection(amqpUrl, async (model) => {
        const channel = await model.createChannel();
        await channel.prefetch(100);
        await channel.consume(queue, (message) => message && take(channel, message));
        await eventually(async () => (await check(arrived)) ?? true, { timeoutMs: 60_000, ...options });
        await channel.close(); // Sends the last acknowledgements.
      }),
  };
}

/** How many messages of a queue wait for a consumer, and how many consumers there are. */
export async function lookAtQueue(
  amqpUrl: string,
  name: string,
): Promise<{ messageCount: number; consumerCount: number }> {
  return withConnection(amqpUrl, async (model) => (await model.createChannel()).checkQueue(name));
}

export async function withConnection<Result>(
  amqpUrl: string,
  work: (model: ChannelModel) => Promise<Result>,
): Promise<Result> {
  const model = await connect(amqpUrl);
  // An error ends in the call that fails for it.
  model.on('error', () => undefined);
  try {
    return await work(model);
  } finally {
    await model.close().catch(() => undefined);
  }
}
