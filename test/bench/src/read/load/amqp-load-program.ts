// A client of the broker that knows no HTTP, as a process of its own: our own requester, with so many requests under way.
import { randomUUID } from 'node:crypto';
import {
  type BrokerConnection,
  connectBroker,
  createRequester,
  type Requester,
} from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { percentile } from '../../csg/load/percentile.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import type { LoadResult } from '../../load/load-generator.ts';

export interface AmqpLoad {
  readonly amqpUrl: string;
  readonly exchange: Exchange;
  /** Requests under way at any time. */
  readonly connections: number;
  readonly seconds: number;
}

export type AmqpLoadMethods = ReturnType<typeof createAmqpLoadProgram>;

export function createAmqpLoadProgram() {
  const requesters = new Map<string, Promise<Requester>>();
  const log = createLogger({ service: 'amqp-load', level: 'warn', destination: process.stderr });

  async function requesterAt(amqpUrl: string): Promise<Requester> {
    const known = requesters.get(amqpUrl) ?? openRequester(amqpUrl);
    requesters.set(amqpUrl, known);
    return known;
  }

  async function openRequester(url: string): Promise<Requester> {
    const connection: BrokerConnection = await connectBroker({ url, name: 'amqp-load', log });
    return createRequester({ connection, log });
  }

  return {
    /** Throws when one answer is not the expected one. */
    async run({ amqpUrl, exchange, connections, seconds }: AmqpLoad): Promise<LoadResult> {
      const requester = await requesterAt(amqpUrl);
      const latencies: number[] = [];
      const startedMs = performance.now();
      const endMs = startedMs + seconds * 1_000;
      let asked = 0;
      const askOnAndOn = async () => {
        while (performance.now() < endMs) {
          const sentMs = performance.now();
          await ask(requester, exchange, asked++);
          latencies.push(performance.now() - sentMs);
        }
      };
      await Promise.all(Array.from({ length: connections }, askOnAndOn));
      return {
        requests: latencies.length,
        requestsPerSecond: (latencies.length / (performance.now() - startedMs)) * 1_000,
        p50Ms: percentile(latencies, 50),
        p99Ms: percentile(latencies, 99),
      };
    },
  };
}

async function ask(requester: Requester, exchange: Exchange, number: number): Promise<void> {
  const { method, targets, headers, body, answer } = exchange;
  const [path = '', query = ''] = (targets[number % targets.length] ?? '').split('?');
  const envelope = { version: 1, method, path, query, headers, body, bodyEncoding: 'utf8' } as const;
  const sent = requester.send({ ...envelope, deadlineAt: Date.now() + 10_000 }, randomUUID());
  const reply = await sent.reply;
  if (reply.status === 200 && (answer === undefined || reply.body === answer)) return;
  throw new Error(`${path} answered ${reply.status} ${reply.body}`);
}
