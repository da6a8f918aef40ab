// Hears of every event that a subscription's queue has dropped: too many waited, it waited too long, its consumer rejected
// it or died of it. They come in batches, are acknowledged when a batch has been dealt with, and come again otherwise.
import { topology } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs } from '@cloud-gateway/runtime';
import type { Channel, ConsumeMessage } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { holdChannel } from '../connection/hold-channel.ts';
import { declareDropped } from './declare-dropped.ts';

/** RabbitMQ's words: https://www.rabbitmq.com/docs/dlx */
export const dropReasons = ['maxlen', 'expired', 'rejected', 'delivery_limit'] as const;
export type DropReason = (typeof dropReasons)[number];

export interface DroppedEvent {
  readonly subscriptionId: string;
  readonly eventId: string;
  /** As it was published; with `put`, the queue's name. */
  readonly routingKey: string;
  readonly reason: DropReason | 'other';
  /** JSON text. */
  readonly payload: string;
}

export interface DroppedConsumerOptions {
  readonly connection: BrokerConnection;
  /** One call at a time. When it rejects, the same batch comes again. */
  readonly onDropped: (events: readonly DroppedEvent[]) => Promise<void>;
  readonly log: Logger;
  /** How long a batch is gathered, at the most. Default: 1 s. */
  readonly gatherMs?: number;
  /** How many make a batch, at the most. Default: 2,000. */
  readonly batchMax?: number;
}

export async function consumeDropped(options: DroppedConsumerOptions): Promise<{ stop(): Promise<void> }> {
  const { connection, log, batchMax = 2_000 } = options;
  let batches: ReturnType<typeof gatherBatches> | undefined;
  const held = await holdChannel({
    connection,
    name: 'dropped events',
    log,
    create: (model) => model.createChannel(),
    async prepare(channel) {
      await batches?.stop();
      const gathered = gatherBatches({ ...options, channel });
      batches = gathered;
      await declareDropped(channel);
      await channel.prefetch(batchMax);
      await channel.consume(topology.droppedQueue, (message) => {
        if (message) gathered.add(message);
        else void closeQuietly([channel]); // The queue was deleted: it is made again with the next channel.
      });
    },
  });
  return {
    async stop() {
      await batches?.stop();
      await held.release();
    },
  };
}

/** What has come on one channel; with the channel all of it goes, and the broker delivers it again on the next. */
function gatherBatches({
  channel,
  onDropped,
  log,
  gatherMs = 1_000,
  batchMax = 2_000,
}: DroppedConsumerOptions & { channel: Channel }) {
  let waiting: ConsumeMessage[] = [];
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let stopped = false;
  let closed = false;
  let failures = 0;

  channel.once('close', () => {
    closed = true;
    stopped = true;
    clearTimeout(timer);
  });

  function schedule(afterMs: number): void {
    if (stopped || isWorking || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      working = handOver();
    }, afterMs);
  }

  async function handOver(): Promise<void> {
    isWorking = true;
    const batch = waiting;
    waiting = [];
    try {
      await onDropped(batch.map(toDropped));
      failures = 0;
      const last = batch.at(-1);
      if (last && !closed) channel.ack(last, true);
    } catch (err) {
      failures += 1;
      if (failures === 1) log.warn('dropped events cannot be noted; it is tried again', { err });
      waiting = [...batch, ...waiting];
    }
    isWorking = false;
    if (waiting.length > 0) schedule(pauseMs());
  }

  function pauseMs(): number {
    return failures === 0 ? gatherMs : 100 + retryDelayMs({ attempt: failures, baseMs: 200, maxMs: 5_000 });
  }

  return {
    add(message: ConsumeMessage): void {
      waiting.push(message);
      const isFull = waiting.length >= batchMax && failures === 0;
      if (isFull) {
        clearTimeout(timer);
        timer = undefined;
      }
      schedule(isFull ? 0 : gatherMs);
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

function toDropped({ content, fields, properties }: ConsumeMessage): DroppedEvent {
  const death = firstDeath(properties.headers?.['x-death']);
  return {
    subscriptionId: fields.routingKey,
    eventId: String(properties.messageId),
    routingKey: death.routingKey,
    reason: dropReasons.find((reason) => reason === death.reason) ?? 'other',
    payload: content.toString(),
  };
}

/** `x-death`: a list of tables {queue, reason, routing-keys, …}, the latest death first. */
function firstDeath(deaths: unknown): { reason: unknown; routingKey: string } {
  const [death]: unknown[] = Array.isArray(deaths) ? deaths : [];
  if (typeof death !== 'object' || death === null) return { reason: undefined, routingKey: '' };
  const keys: unknown = Reflect.get(death, 'routing-keys');
  return {
    reason: Reflect.get(death, 'reason'),
    routingKey: Array.isArray(keys) ? String(keys[0]) : '',
  };
}
