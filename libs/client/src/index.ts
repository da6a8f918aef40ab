export type {
  AdministrativeEvent,
  AnyEvent,
  ErrorCode,
  ListingEvent,
  Problem,
  ResourceEvent,
  RouteName,
} from '@cloud-gateway/contracts';
export type {
  Answer,
  AnswerOf,
  AnyCallInput,
  CallInput,
  CallOptions,
  DryRunAnswer,
  DryRunName,
  ItemOf,
  ListName,
  QueryValue,
} from './calls/call-types.ts';
export { createGatewayClient } from './create-gateway-client.ts';
export type { EventStream } from './events/event-stream.ts';
export type { EventsOptions, StreamOffset } from './events/events-options.ts';
export type { Subscription } from './events/subscription.ts';
export type { GatewayClient } from './gateway-client.ts';
export type { GatewayClientOptions } from './gateway-client-options.ts';
export { GatewayProblem, isGatewayProblem } from './gateway-problem.ts';
export { InvalidWebhook } from './webhooks/invalid-webhook.ts';
export { verifyWebhook, type WebhookPost } from './webhooks/verify-webhook.ts';
