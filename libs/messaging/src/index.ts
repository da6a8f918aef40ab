export { type BrokerConnection, type BrokerOptions, connectBroker } from './connection/connect-broker.ts';
export type { DeadLetter } from './dead-letters/dead-letter.ts';
export { type DeadLetterDesk, openDeadLetterDesk } from './dead-letters/dead-letter-desk.ts';
export { eventProperties } from './events/event-properties.ts';
export { createEventPublisher, type EventPublisher } from './events/event-publisher.ts';
export { type EventSubscription, type ReceivedEvent, subscribeEvents } from './events/subscribe-events.ts';
export { createRequester, type Requester, type SentRequest } from './requests/requester.ts';
export { encodeProblem } from './responder/encode-answer.ts';
export {
  type Caller,
  type Handler,
  type HandlerAnswer,
  type HandlerRequest,
  handler,
  type PublicRequest,
  publicHandler,
} from './responder/handler.ts';
export type { Beginning, IdempotencyKey, IdempotencyStore } from './responder/idempotency-store.ts';
export { createOutcomeMeter } from './responder/outcome-meter.ts';
export type { RequestOutcome } from './responder/request-outcome.ts';
export type { ResponderLimits, ResponderOptions } from './responder/responder-options.ts';
export { type Responder, startResponder } from './responder/start-responder.ts';
export {
  consumeDropped,
  type DroppedEvent,
  type DropReason,
  dropReasons,
} from './subscriptions/consume-dropped.ts';
export {
  consumeWebhookQueue,
  type WebhookDelivery,
  type WebhookQueueConsumer,
} from './subscriptions/consume-webhook-queue.ts';
export {
  openSubscriptionQueues,
  type QueueState,
  type SubscriptionQueueSpec,
  type SubscriptionQueues,
} from './subscriptions/subscription-queues.ts';
export { type TracedMessage, traceMessages } from './trace/trace-messages.ts';
