// A read queue that is full pushes its oldest request out to `gateway.overflow`. Whichever responder is free tells that
// caller so at once, instead of letting him wait for his deadline.
import { GatewayError, topology } from '@cloud-gateway/contracts';
import type { Channel, ConsumeMessage } from 'amqplib';
import { encodeProblem } from './encode-answer.ts';
import { isAllowedReplyAddress } from './reply-address.ts';

export async function answerOverflow({
  channel,
  batchWrites,
}: {
  channel: Channel;
  batchWrites: () => void;
}): Promise<void> {
  await channel.consume(
    topology.overflowQueue,
    (message) => {
      if (!message || !wasPushedOut(message)) return;
      const { replyTo, messageId } = message.properties;
      if (!isAllowedReplyAddress(String(replyTo), undefined)) return;
      const refusal = new GatewayError('overloaded', {
        message: 'Too many requests are waiting already.',
        retryAfterMs: 1_000,
      });
      const reply = encodeProblem(refusal, String(messageId));
      channel.publish('', String(replyTo), Buffer.from(JSON.stringify(reply)), {
        correlationId: String(messageId),
      });
      batchWrites();
    },
    { noAck: true },
  );
}

// Requests that expired in their queue come here as well; their callers have stopped waiting by then.
function wasPushedOut(message: ConsumeMessage): boolean {
  const deaths: unknown = message.properties.headers?.['x-death'];
  return Array.isArray(deaths) && deaths[0]?.reason === 'maxlen';
}
