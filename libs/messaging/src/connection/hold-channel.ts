// One channel that is always there while the connection is: opened anew after each reconnection, and when it dies alone.
import type { Logger } from '@cloud-gateway/runtime';
import type { Channel, ChannelModel } from 'amqplib';
import type { BrokerComponent, BrokerConnection } from './connect-broker.ts';

export interface HeldChannel<C extends Channel> {
  /** Undefined while there is none. */
  current(): C | undefined;
  /** Closes it for good. */
  release(): Promise<void>;
}

export interface HoldChannelOptions<C extends Channel> {
  readonly connection: BrokerConnection;
  /** For the log: `event publisher`. */
  readonly name: string;
  readonly log: Logger;
  readonly create: (model: ChannelModel) => Promise<C>;
  /** Declares and consumes; the channel is current when this has resolved. */
  readonly prepare: (channel: C, model: ChannelModel) => Promise<void>;
}

/** Rejects when the first opening fails. */
export async function holdChannel<C extends Channel>(
  options: HoldChannelOptions<C>,
): Promise<HeldChannel<C>> {
  const { connection, name, log, create, prepare } = options;
  let current: C | undefined;
  const component: BrokerComponent = {
    name,
    async open(model) {
      const channel = await create(model);
      channel.on('error', (err) => log.warn('a channel failed', { component: name, err }));
      channel.on('close', () => {
        if (current === channel) connection.reopen(component);
      });
      await prepare(channel, model);
      current = channel;
    },
    lost() {
      current = undefined;
    },
  };
  await connection.attach(component);
  return {
    current: () => current,
    async release() {
      connection.detach(component);
      const closing = current;
      current = undefined;
      await closing?.close().catch(() => undefined);
    },
  };
}
