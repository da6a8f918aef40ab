// The subscription of one loop over events: made for it and removed after it, unless it is to stay.
import { routeTable } from '@cloud-gateway/contracts';
import type { Caller } from '../calls/create-caller.ts';
import { isGatewayProblem } from '../gateway-problem.ts';
import type { EventsOptions } from './events-options.ts';
import type { Subscription } from './subscription.ts';

/** Rejects with GatewayProblem. */
export async function openSubscription(
  call: Caller,
  options: EventsOptions,
  signal: AbortSignal,
): Promise<Subscription> {
  const { subscriptionId, keep, prefetch, offset, signal: ending, onDisconnect, ...filter } = options;
  if (subscriptionId !== undefined) return showSubscription(call, subscriptionId, signal);
  const { body } = await call(routeTable['subscription-create'], { body: filter, signal });
  return body as Subscription; // What this route answers.
}

/** Rejects with GatewayProblem: `not-found` when it has been ended. */
export async function showSubscription(call: Caller, id: string, signal: AbortSignal): Promise<Subscription> {
  const { body } = await call(routeTable['subscription-show'], { params: { subscription: id }, signal });
  return body as Subscription; // What this route answers.
}

/** Fine when somebody else has removed it. */
export async function closeSubscription(
  call: Caller,
  { keep, subscriptionId }: EventsOptions,
  { id }: Subscription,
): Promise<void> {
  if (keep || subscriptionId !== undefined) return;
  try {
    await call(routeTable['subscription-destroy'], { params: { subscription: id }, timeoutMs: 10_000 });
  } catch (error) {
    if (!isGatewayProblem(error) || error.code !== 'not-found') throw error;
  }
}
