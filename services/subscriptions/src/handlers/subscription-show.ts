import { subscriptionShowRoute } from '@cloud-gateway/contracts';
import { type Handler, handler } from '@cloud-gateway/messaging';
import { findSubscription } from '../find-subscription.ts';
import { measuredBody } from '../subscription-body.ts';
import type { HandlerDeps } from './handler-deps.ts';

export function subscriptionShow(deps: Pick<HandlerDeps, 'store' | 'queues' | 'brokerUrl'>): Handler {
  return handler(subscriptionShowRoute, async ({ caller, params }) => {
    const found = await findSubscription(deps.store.read.subscriptions, caller, params.subscription);
    return { body: await measuredBody(deps, found) };
  });
}
