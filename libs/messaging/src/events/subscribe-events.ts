// A service's own ear on `gateway.events`: an exclusive queue that lives as long as the connection. What happens while
// it is away is not delivered later; who must not miss anything subscribes with a durable queue instead.
import { randomUUID } from 'node:crypto';
import { topology } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { declareExchanges } from '../connection/declare-topology.ts';
import { holdChannel } from '../connection/hold-channel.ts';

export interface ReceivedEvent {
  readonly id: string;
  readonly routingKey: string;
}

export interface EventSubscription {
  /** False while events may be passing unheard. */
  connected(): boolean;
  stop(): Promise<void>;
}

export interface EventSubscriptionOptions {
  readonly connection: BrokerConnection;
  /** Topic patterns, for example `v1.gateway.*.global.token.revoked.none`. */
  readonly bindings: readonly string[];
  /** Its failure is logged; the event is not delivered again. */
  readonly onEvent: (payload: unknown, event: ReceivedEvent) => void | Promise<void>;
  readonly log: Logger;
}

export async function subscribeEvents(options: EventSubscriptionOptions): Promise<EventSubscription> {
  const { connection, bindings, log } = options;
  const held = await holdChannel({
    connection,
    name: 'event subscription',
    log,
    create: (model) => model.createChannel(),
    async prepare(channel) {
      await declareExchanges(channel);
      const { queue } = await channel.assertQueue(`events.${randomUUID()}`, {
        exclusive: true,
        autoDelete: true,
      });
      for (const binding of bindings) await channel.bindQueue(queue, topology.eventsExchange, binding);
      await channel.consume(queue, (message) => receive(options, message), { noAck: true });
    },
  });
  return {
    connected: () => held.current() !== undefined,
    stop: () => held.release(),
  };
}

function receive({ onEvent, log }: EventSubscriptionOptions, message: ConsumeMessage | null): void {
  if (!message) return;
  const event = { id: String(message.properties.messageId), routingKey: message.fields.routingKey };
  Promise.resolve()
    .then(() => onEvent(JSON.parse(message.content.toString()), event))
    .catch((err: unknown) => log.error('an event could not be handled', { ...event, err }));
}
