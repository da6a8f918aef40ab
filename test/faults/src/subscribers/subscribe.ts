// Makes a subscription as its client does, through the front door, and begins to consume it.
import { subscriptionSchema } from '@cloud-gateway/contracts';
import { servedBody } from '../api-client.ts';
import { type AmqpSubscriber, startAmqpSubscriber } from './amqp-subscriber.ts';
import type { Arrivals } from './arrivals.ts';
import type { SubscriptionPlan } from './plan-subscription.ts';
import type { EventsWorld } from './start-events-world.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export type From = { readonly time: string } | { readonly sequences: Readonly<Record<string, number>> };
type Subscription = ReturnType<typeof subscriptionSchema.parse>;

export interface Subscriber {
  readonly name: string;
  readonly plan: SubscriptionPlan;
  readonly from: From | undefined;
  /** As it was answered. */
  readonly subscription: Subscription;
  readonly arrivals: Arrivals;
  /** Undefined for a webhook. */
  readonly amqp: AmqpSubscriber | undefined;
}

export async function subscribe(
  { world, receiver }: { readonly world: EventsWorld; readonly receiver: WebhookReceiver },
  given: { readonly name: string; readonly plan: SubscriptionPlan; readonly from?: From },
): Promise<Subscriber> {
  const { name, plan, from } = given;
  const { client, filter } = plan;
  const webhook = plan.delivery === 'webhook' ? receiver.open(name) : undefined;
  const delivery = {
    queue: { kind: 'queue', lengthMax: 1_000_000 },
    stream: { kind: 'stream', bytesMax: 10_000_000_000 },
    webhook: { kind: 'webhook', url: webhook?.url, lengthMax: 1_000_000 },
  }[plan.delivery];
  const answers = await world.api.withToken(client.token).sendUntilServed({
    method: 'POST',
    path: '/v1/subscriptions',
    idempotencyKey: name,
    body: { name, ...filter, ...(from && { from }), delivery },
  });
  const subscription = subscriptionSchema.parse(servedBody(answers.at(-1)));
  const { connect } = subscription;
  const amqp = connect ? startAmqpSubscriber({ connect, token: client.token }) : undefined;
  const arrivals = amqp?.arrivals ?? webhook?.arrivals;
  if (arrivals === undefined) throw new Error(`${name} has no way to its events`);
  return { name, plan, from, subscription, arrivals, amqp };
}
