import { topology } from '@cloud-gateway/contracts';
import type { Delivery } from '../responder/delivery.ts';
import type { ResponderOptions } from '../responder/responder-options.ts';
import type { ChannelWriter } from '../wire/channel-writer.ts';
import { type DeadLetter, deadLetterContext } from './dead-letter.ts';

/** Puts a sealed copy into the dead-letter queue. The caller acknowledges the message afterwards. */
export async function buryDeadLetter({
  writer,
  seal,
  delivery,
  service,
  reason,
  at,
}: {
  writer: Pick<ChannelWriter, 'publish'>;
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
  writer.publish({
    exchange: '',
    routingKey: topology.deadLetterQueue,
    content: JSON.stringify(letter),
    messageId: letter.messageId,
    persistent: true,
  });
}
