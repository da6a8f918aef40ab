// Whose subscriptions a caller may see. One that he may not see is not there.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import type { Repositories, Subscription } from '@cloud-gateway/store';

type Subscriptions = Pick<Repositories['subscriptions'], 'find'>;

/** His own, and with clients:manage those of his organization. Throws `not-found`. */
export async function findSubscription(
  subscriptions: Subscriptions,
  caller: Caller,
  id: string,
): Promise<Subscription> {
  const found = await subscriptions.find(id);
  if (found === undefined || !maySee(caller, found)) throw notFound(id);
  return found;
}

/** What is in it concerns accounts that only its own client has proven. Throws `not-found`. */
export async function findOwnSubscription(
  subscriptions: Subscriptions,
  { clientId }: Caller,
  id: string,
): Promise<Subscription> {
  const found = await subscriptions.find(id);
  if (found?.clientId !== clientId) throw notFound(id);
  return found;
}

/** Dead letters that can be listed are those of webhooks. Throws `not-found`, and `conflict` for another delivery. */
export async function findOwnWebhook(
  subscriptions: Subscriptions,
  caller: Caller,
  id: string,
): Promise<Subscription> {
  const found = await findOwnSubscription(subscriptions, caller, id);
  if (found.delivery.kind === 'webhook') return found;
  throw new GatewayError('conflict', {
    message: `The subscription ${id} is a ${found.delivery.kind}: its dead letters, if any, are in the dead-letter queue that it names under connect.`,
  });
}

function maySee(caller: Caller, { clientId, organizationId }: Subscription): boolean {
  if (clientId === caller.clientId) return true;
  return caller.permissions.has('clients:manage') && organizationId === caller.organizationId;
}

function notFound(id: string): GatewayError {
  return new GatewayError('not-found', {
    message: `There is no subscription ${id}. GET /v1/subscriptions lists yours.`,
  });
}
