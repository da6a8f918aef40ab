// A subscriber of its own, with nothing but an AMQP library, its client id and its token: it consumes its queue or stream,
// and connects again whenever the connection breaks. An event counts as arrived before it is acknowledged.
import { setTimeout as sleep } from 'node:timers/promises';
import type { subscriptionSchema } from '@cloud-gateway/contracts';
import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { type Arrivals, createArrivals } from './arrivals.ts';

type Connect = NonNullable<ReturnType<typeof subscriptionSchema.parse>['connect']>;

export interface AmqpSubscriber {
  readonly arrivals: Arrivals;
  /** How often it has connected. */
  connections(): number;
  /** Why it could not, the last time. */
  lastFailure(): string | undefined;
  stop(): Promise<void>;
}

const pauseMs = 200;
const connectTimeoutMs = 10_000;

export interface AmqpSubscriberOptions {
  readonly connect: Connect;
  readonly token: string;
  /** Sees each delivery, before it is acknowledged. */
  readonly onMessage?: (message: ConsumeMessage) => void;
  /** False: it takes what it gets and never says that it has it. */
  readonly acknowledges?: boolean;
}

export function startAmqpSubscriber(options: AmqpSubscriberOptions): AmqpSubscriber {
  const { connect: how, token, onMessage, acknowledges = true } = options;
  const arrivals = createArrivals();
  let stopped = false;
  let model: ChannelModel | undefined;
  let consuming: Channel | undefined;
  let connections = 0;
  let lastFailure: string | undefined;
  /** Of a stream: where to go on. */
  let offset: number | undefined;

  function take(channel: Channel, message: ConsumeMessage): void {
    const { messageId, type, headers } = message.properties;
    arrivals.add(String(messageId), type === undefined ? undefined : String(type), message.content);
    const streamOffset: unknown = headers?.['x-stream-offset'];
    if (streamOffset !== undefined) offset = Number(streamOffset);
    onMessage?.(message);
    if (acknowledges) channel.ack(message);
  }

  /** Returns when the connection has ended. */
  async function consumeOnce(): Promise<void> {
    const url = new URL(how.url);
    url.username = how.username;
    url.password = token;
    const opened = await connect(url.href, { timeout: connectTimeoutMs, noDelay: true });
    model = opened;
    const ended = new Promise<void>((resolve) => {
      opened.on('error', () => undefined); // `close` follows.
      opened.on('close', () => resolve());
    });
    try {
      if (stopped) return;
      const channel = await opened.createChannel();
      consuming = channel;
      // A channel that the broker closes takes the connection with it: then it is all made anew.
      channel.on('error', (err: Error) => {
        lastFailure = err.message;
      });
      channel.on('close', () => void opened.close().catch(() => undefined));
      await channel.prefetch(how.prefetch);
      const onDelivery = (message: ConsumeMessage | null) => {
        if (message) take(channel, message);
        else void opened.close().catch(() => undefined); // The queue is gone.
      };
      const args = {
        ...how.consumeArguments,
        ...(offset !== undefined && { 'x-stream-offset': offset + 1 }),
      };
      await channel.consume(how.queue, onDelivery, { arguments: args });
      connections += 1;
      await ended;
    } finally {
      await opened.close().catch(() => undefined); // Closed already, mostly.
    }
  }

  const running = (async () => {
    while (!stopped) {
      await consumeOnce().catch((err: unknown) => {
        lastFailure = err instanceof Error ? err.message : String(err);
      });
      if (!stopped) await sleep(pauseMs);
    }
  })();

  return {
    arrivals,
    connections: () => connections,
    lastFailure: () => lastFailure,
    async stop() {
      stopped = true;
      // First: acknowledgements leave with the channel, and the end of a connection can overtake them.
      await consuming?.close().catch(() => undefined);
      await model?.close().catch(() => undefined);
      await running;
    },
  };
}
