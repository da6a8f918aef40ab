// Queues of subscriptions as production declares them, bound as it binds them; and what only a benchmark does with them.
import { accountBindings, topology } from '@cloud-gateway/contracts';
import { type BrokerConnection, openSubscriptionQueues } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { accountNumbers } from '../../read/store/bench-store.ts';
import type { Further } from '../run/sample.ts';

export interface BenchQueues {
  /** Exactly the first `count` are bound, and all are empty. */
  bindOnly(count: number, further: Further): Promise<void>;
  /** How many events wait in each of the first `count`. */
  depths(count: number): Promise<number[]>;
  depthOf(queue: string): Promise<number>;
  /** From the first one, until stopped. */
  consume(onMessage: (message: ConsumeMessage) => void): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

export async function openBenchQueues(deps: {
  readonly connection: BrokerConnection;
  readonly amqpUrl: string;
  readonly log: Logger;
}): Promise<BenchQueues> {
  const queues = await openSubscriptionQueues(deps);
  const model: ChannelModel = await connect(deps.amqpUrl);
  const channel: Channel = await model.createChannel();
  const bound: (readonly string[])[] = [];
  const keysOf = (at: number, further: Further) =>
    at === 0 || further === 'same' ? everything : othersKeys(at);

  async function declare(at: number): Promise<void> {
    await queues.declare({ queue: nameOf(at), subscriptionId: idOf(at), delivery });
  }

  return {
    async bindOnly(count, further) {
      for (let at = bound.length; at < count; at++) {
        await declare(at);
        bound.push([]);
      }
      for (const [at, before] of bound.entries()) {
        const wanted = at < count ? keysOf(at, further) : [];
        await queues.unbind(
          nameOf(at),
          before.filter((key) => !wanted.includes(key)),
        );
        await queues.bind(nameOf(at), wanted);
        bound[at] = wanted;
        await channel.purgeQueue(nameOf(at));
      }
    },
    async depths(count) {
      const states = await Promise.all(
        Array.from({ length: count }, (_, at) => channel.checkQueue(nameOf(at))),
      );
      return states.map(({ messageCount }) => messageCount);
    },
    depthOf: async (queue) => (await channel.checkQueue(queue)).messageCount,
    async consume(onMessage) {
      await channel.prefetch(200);
      const { consumerTag } = await channel.consume(nameOf(0), (message) => {
        if (!message) return;
        onMessage(message);
        channel.ack(message);
      });
      return { stop: async () => void (await channel.cancel(consumerTag)) };
    },
    async close() {
      await model.close();
      await queues.stop();
    },
  };
}

const delivery = { kind: 'queue', lengthMax: 1_000_000, ageMaxSeconds: 604_800 } as const;

const everything = accountNumbers.flatMap((number) =>
  accountBindings({ id: `ec2-${number}`, cloud: 'ec2' }, {}),
);

/** As many, of accounts in which nothing happens. */
function othersKeys(at: number): string[] {
  return accountNumbers.flatMap((number) =>
    accountBindings({ id: `ec2-${Number(number) + at * 1_000}`, cloud: 'ec2' }, {}),
  );
}

function idOf(at: number): string {
  return `sub_bench_${at}`;
}

function nameOf(at: number): string {
  return topology.subscriptionQueue('cli_bench', idOf(at));
}
