// The names of everything on the broker, as data. Nobody writes one of these names a second time.

export const topology = {
  /** Topic exchange: every request, keyed by routingKeyOf(). */
  requestsExchange: 'gateway.requests',
  /** Topic exchange: every event, keyed by eventRoutingKey(). */
  eventsExchange: 'gateway.events',
  /** Fanout exchange: reads pushed out of a full queue, or expired in one. */
  overflowExchange: 'gateway.overflow',
  overflowQueue: 'gateway.overflow',
  /** Sealed copies of messages that could not be handled, for an operator to list and requeue. */
  deadLetterQueue: 'gateway.dead-letters',
  /** Queue of one service and delivery class, for example `credentials.write`. */
  requestQueue: (service: string, deliveryClass: 'read' | 'write') => `${service}.${deliveryClass}`,
  /** What an AMQP client's own reply queue must start with. */
  clientReplyPrefix: (clientId: string) => `reply.${clientId}.`,
  /** What a client may consume: its subscriptions start with this. */
  clientSubscriptionPrefix: (clientId: string) => `subscription.${clientId}.`,
  /** A queue or stream that its client consumes. */
  subscriptionQueue: (clientId: string, subscriptionId: string) =>
    `subscription.${clientId}.${subscriptionId}`,
  /** Consumed by the gateway itself, which posts what is in it. */
  webhookQueue: (subscriptionId: string) => `webhook.${subscriptionId}`,
  /** What a subscription's queue rejects or drops. */
  subscriptionDeadLetterQueue: (queue: string) => `${queue}.dead`,
  /** Topic exchange: what any subscription's queue drops, keyed by the subscription's id. */
  droppedExchange: 'gateway.dropped',
  /** All of it, for the count of what was lost. */
  droppedQueue: 'gateway.dropped',
} as const;
