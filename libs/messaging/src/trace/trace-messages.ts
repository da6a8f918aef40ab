// Looks over the broker's shoulder: a copy of every request and every answer, through RabbitMQ's firehose. The firehose
// must be on for the virtual host (management API: PUT /api/vhosts/<name> {"tracing": true}); it slows the broker, so
// this is for demonstrations and for looking at a fault, not for every day.
import { topology } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import type { ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/connect-broker.ts';
import { holdChannel } from '../connection/hold-channel.ts';

export interface TracedMessage {
  /** Empty for the default exchange, by which answers travel. */
  readonly exchange: string;
  readonly routingKey: string;
  /** AMQP's own names: message_id, correlation_id, reply_to, expiration, delivery_mode … */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly payload: string;
}

/** `onMessage` sees tokens and secrets: what it shows must be masked. */
export async function traceMessages({
  connection,
  onMessage,
  log,
}: {
  connection: BrokerConnection;
  onMessage: (message: TracedMessage) => void;
  log: Logger;
}): Promise<{ stop(): Promise<void> }> {
  const held = await holdChannel({
    connection,
    name: 'message trace',
    log,
    create: (model) => model.createChannel(),
    async prepare(channel) {
      const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
      await channel.bindQueue(queue, firehose, `publish.${topology.requestsExchange}`);
      await channel.bindQueue(queue, firehose, 'publish.');
      await channel.consume(queue, (message) => message && onMessage(toTraced(message)), { noAck: true });
    },
  });
  return { stop: () => held.release() };
}

const firehose = 'amq.rabbitmq.trace';

function toTraced({ content, properties: { headers } }: ConsumeMessage): TracedMessage {
  const keys: unknown = headers?.['routing_keys'];
  return {
    exchange: String(headers?.['exchange_name'] ?? ''),
    routingKey: Array.isArray(keys) ? String(keys[0]) : '',
    properties: { ...headers?.['properties'] },
    payload: content.toString(),
  };
}
