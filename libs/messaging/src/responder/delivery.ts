// One request as it came off a queue, before anybody has looked into its payload.
import type { DeliveryClass } from '@cloud-gateway/contracts';
import type { ConsumeMessage } from 'amqplib';

export interface Delivery {
  readonly message: ConsumeMessage;
  readonly deliveryClass: DeliveryClass;
  readonly requestId: string;
  readonly routingKey: string;
  readonly replyTo: string | undefined;
  readonly receivedAtMs: number;
  /** How often the broker delivered it before this time; quorum queues count. */
  readonly earlierDeliveries: number;
}

export function toDelivery(
  message: ConsumeMessage,
  deliveryClass: DeliveryClass,
  receivedAtMs: number,
): Delivery {
  const { messageId, replyTo, headers } = message.properties;
  return {
    message,
    deliveryClass,
    // Without a message id nobody can match the answer, but the log still needs a name for the request.
    requestId:
      typeof messageId === 'string' && messageId !== '' ? messageId : `unnamed-${message.fields.deliveryTag}`,
    routingKey: message.fields.routingKey,
    replyTo: typeof replyTo === 'string' && replyTo !== '' ? replyTo : undefined,
    receivedAtMs,
    earlierDeliveries: Number(headers?.['x-delivery-count'] ?? 0),
  };
}
