import { topology } from '@cloud-gateway/contracts';
import type { Channel } from 'amqplib';
import type { Delivery } from '../responder/delivery.ts';
import type { ResponderOptions } from '../responder/responder-options.ts';
import { type DeadLetter, deadLetterContext } from './dead-letter.ts';

/** Puts a sealed copy into the dead-letter queue. The caller acknowledges the message afterwards. */
export async function buryDeadLetter({
  channel,
  seal,
  delivery,
  service,
  reason,
  at,
}: {
  channel: Channel;
  seal: ResponderOptions['seal'];
  delivery: Delivery;
  service: string;
  reason: string;
  at: Date;
}): Promise<void> {
  const letter: DeadLetter = {
    version: 1,
    messageId: delivery.requestId,
    service,
    routingKey: delivery.message.fields.routingKey,
    reason,
    at: at.toISOString(),
    deliveries: delivery.earlierDeliveries + 1,
    sealed: await seal(delivery.message.content.toString('base64'), deadLetterContext(delivery.requestId)),
  };
  // Same channel as the acknowledgement that follows: the broker takes them in this order.
  channel.sendToQueue(topology.deadLetterQueue, Buffer.from(JSON.stringify(letter)), {
    persistent: true,
    messageId: letter.messageId,
    contentType: 'application/json',
  });
}
