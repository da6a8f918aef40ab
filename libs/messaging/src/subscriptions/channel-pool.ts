// Channels for declaring and asking: the broker closes a channel with every refusal (no such queue, declared otherwise),
// so each operation has one to itself, and only a channel that nothing was refused on is used again.
import { GatewayError } from '@cloud-gateway/contracts';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { Channel, ChannelModel } from 'amqplib';
import { closeQuietly } from '../connection/close-quietly.ts';
import type { BrokerComponent, BrokerConnection } from '../connection/connect-broker.ts';

export interface ChannelPool {
  /**
   * Runs `work` on a channel of its own. Rejects with `unavailable` while the broker is away or does not answer in time,
   * with `not-found` and `conflict` for what the broker refuses so (404, 406).
   */
  use<T>(work: (channel: Channel) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const idleMax = 4;

export async function openChannelPool({
  connection,
  name,
  log,
  deadlineMs = 10_000,
}: {
  connection: BrokerConnection;
  name: string;
  log: Logger;
  deadlineMs?: number;
}): Promise<ChannelPool> {
  let model: ChannelModel | undefined;
  const idle = new Set<Channel>();
  const component: BrokerComponent = {
    name,
    open(opened) {
      model = opened;
      return Promise.resolve();
    },
    lost() {
      model = undefined;
      idle.clear();
    },
  };
  await connection.attach(component);

  async function take(): Promise<Channel> {
    const [channel] = idle;
    if (channel) {
      idle.delete(channel);
      return channel;
    }
    if (!model) throw brokerAway();
    const created = await model.createChannel();
    // Without a listener an error of the channel would end the process; who uses the channel is told by its call.
    created.on('error', (err) => log.debug('the broker closed a channel', { component: name, err }));
    created.on('close', () => idle.delete(created));
    return created;
  }

  function giveBack(channel: Channel): void {
    if (model && idle.size < idleMax) idle.add(channel);
    else void closeQuietly([channel]);
  }

  async function run<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await take();
    try {
      const result = await work(channel);
      giveBack(channel);
      return result;
    } catch (err) {
      void closeQuietly([channel]);
      throw err;
    }
  }

  return {
    async use(work) {
      try {
        return await withDeadline(run(work), deadlineMs, brokerAway);
      } catch (err) {
        throw toGatewayError(err);
      }
    },
    async close() {
      connection.detach(component);
      model = undefined;
      await closeQuietly([...idle]);
      idle.clear();
    },
  };
}

/** amqplib's errors carry the broker's reply code (AMQP 0-9-1, 1.2 constants). */
function toGatewayError(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  // In a cluster the same code is said of a queue that is there, on a node that is not.
  if (code === 404 && !String(cause).includes('down or inaccessible'))
    return new GatewayError('not-found', { message: 'The broker has no such queue.', cause });
  if (code === 406)
    return new GatewayError('conflict', {
      message: 'The queue exists on the broker with other settings.',
      cause,
    });
  return brokerAway(cause);
}

function brokerAway(cause?: unknown): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The message broker cannot be reached just now.',
    cause,
  });
}
