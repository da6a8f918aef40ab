// A read queue that is full pushes its oldest request out to `gateway.overflow`. Whichever responder is free tells that
// caller so at once, instead of letting him wait for his deadline.
import { GatewayError, topology } from '@cloud-gateway/contracts';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { ChannelWriter } from '../wire/channel-writer.ts';
import { encodeProblem } from './encode-answer.ts';
import { isAllowedReplyAddress } from './reply-address.ts';

export async function answerOverflow({
  channel,
  writer,
}: {
  channel: Channel;
  writer: Pick<ChannelWriter, 'publish'>;
}): Promise<void> {
  await channel.consume(
    topology.overflowQueue,
    (message) => {
      if (!message || !wasPushedOut(message)) return;
      const { replyTo, messageId, userId } = message.properties;
      if (!isAllowedReplyAddress(String(replyTo), userId)) return;
      const refusal = new GatewayError('overloaded', {
        message: 'Too many requests are waiting already.',
        retryAfterMs: 1_000,
      });
      writer.publish({
        exchange: '',
        routingKey: String(replyTo),
        content: JSON.stringify(encodeProblem(refusal, String(messageId))),
        correlationId: String(messageId),
      });
    },
    { noAck: true },
  );
}

// Requests that expired in their queue come here as well; their callers have stopped waiting by then.
function wasPushedOut(message: ConsumeMessage): boolean {
  const deaths: unknown = message.properties.headers?.['x-death'];
  return Array.isArray(deaths) && deaths[0]?.reason === 'maxlen';
}
