import {
  type ListingEvent,
  listingEventRoutingKey,
  presentSchemaVersion,
  resourceTypes,
} from '@cloud-gateway/contracts';
import type { OutboxEntry } from './outbox-entry.ts';

/** Makes the event that tells that what is known of one type of resources grows old, or is current again. */
export function listingEntry(news: Omit<ListingEvent, 'schemaVersion'>): OutboxEntry {
  const event: ListingEvent = { schemaVersion: presentSchemaVersion, ...news };
  const source = `/v1/clouds/${event.cloud}/accounts/${event.account}`;
  return {
    accountId: event.account,
    id: event.id,
    routingKey: listingEventRoutingKey(event),
    type: `cloud-gateway.listing.${event.change}.v1`,
    source,
    subject: `${event.region}/${resourceTypes[event.resourceType].collection}`,
    time: event.observedAt,
    payload: JSON.stringify(event),
  };
}
