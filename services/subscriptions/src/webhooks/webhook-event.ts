// What a delivery from the queue of a webhook says: whose event it is, and the event as it was once published.
import {
  administrativeEventRoutingKey,
  anyEventSchema,
  listingEventRoutingKey,
  type OutgoingEvent,
  resourceEventRoutingKey,
} from '@cloud-gateway/contracts';
import type { WebhookDelivery } from '@cloud-gateway/messaging';

/**
 * Events of one account are posted one after the other. Gives the account, or the scope of an event about the gateway.
 * What cannot be read shares one line of its own.
 */
export function orderKeyOf(payload: Buffer): string {
  const event = parse(payload);
  const key = event?.['account'] ?? event?.['scope'];
  return typeof key === 'string' ? key : '';
}

/** For the list of dead letters: all that it takes to put the event into the queue again. */
export function outgoingEventOf(
  delivery: Pick<WebhookDelivery, 'id' | 'attributes' | 'payload' | 'routingKey'>,
) {
  const { id, attributes, payload, routingKey } = delivery;
  return {
    id,
    routingKey: routingKey ?? routingKeyOf(payload),
    type: attributes['type'] ?? '',
    source: attributes['source'] ?? '',
    subject: attributes['subject'] ?? '',
    time: attributes['time'] ?? '',
    payload: payload.toString(),
  } satisfies OutgoingEvent;
}

/** Of an event that was put into the queue, past the exchange, the key is in its payload only. */
function routingKeyOf(payload: Buffer): string {
  const parsed = anyEventSchema.safeParse(parse(payload));
  if (!parsed.success) return '';
  const event = parsed.data;
  if ('scope' in event) return administrativeEventRoutingKey(event);
  return 'newState' in event ? resourceEventRoutingKey(event) : listingEventRoutingKey(event);
}

function parse(payload: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
