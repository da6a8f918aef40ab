// One request as it came off a queue, before anybody has looked into its payload.
import type { DeliveryClass } from '@cloud-gateway/contracts';
import type { ConsumeMessage } from 'amqplib';

export interface Delivery {
  readonly message: ConsumeMessage;
  readonly deliveryClass: DeliveryClass;
  readonly requestId: string;
  readonly routingKey: string;
  readonly replyTo: string | undefined;
  /** Who has published it, where he says so: the broker refuses a false one (AMQP's property user-id). */
  readonly userId: string | undefined;
  readonly receivedAtMs: number;
  /** How often the broker delivered it before this time; quorum queues count. */
  readonly earlierDeliveries: number;
}

export function toDelivery(
  message: ConsumeMessage,
  deliveryClass: DeliveryClass,
  receivedAtMs: number,
): Delivery {
  const { messageId, replyTo, userId, headers } = message.properties;
  return {
    message,
    deliveryClass,
    // Without a message id nobody can match the answer, but the log still needs a name for the request.
    requestId:
      typeof messageId === 'string' && messageId !== '' ? messageId : `unnamed-${message.fields.deliveryTag}`,
    routingKey: message.fields.routingKey,
    replyTo: typeof replyTo === 'string' && replyTo !== '' ? replyTo : undefined,
    userId: typeof userId === 'string' ? userId : undefined,
    receivedAtMs,
    earlierDeliveries: Number(headers?.['x-delivery-count'] ?? 0),
  };
}
