// docs/events/: the kinds of events, their JSON Schemas, and one message of every kind, as a subscriber gets it.
import { eventFamilies, eventJsonSchema, type OutgoingEvent } from '@cloud-gateway/contracts';
import { eventProperties } from '@cloud-gateway/messaging';
import { eventKindsPage } from './event-kinds-page.ts';
import { formatJson } from './format-json.ts';
import { sampleAdministrativeEvents } from './samples/sample-administrative-events.ts';
import { sampleListingEvents } from './samples/sample-listing-events.ts';
import { sampleResourceEvents } from './samples/sample-resource-events.ts';

/** The text of each file, by its path in docs/. */
export function eventFiles(): ReadonlyMap<string, string> {
  const samples = new Map<string, OutgoingEvent>([
    ...sampleResourceEvents(),
    ...sampleListingEvents(),
    ...sampleAdministrativeEvents(),
  ]);
  return new Map([
    ['events/README.md', eventKindsPage(samples)],
    ...eventFamilies.map(
      (family) => [`events/${family}-event.schema.json`, formatJson(eventJsonSchema(family))] as const,
    ),
    ...[...samples].map(
      ([kind, event]) => [`events/samples/${kind}.json`, formatJson(messageOf(event))] as const,
    ),
  ]);
}

function messageOf(event: OutgoingEvent) {
  const { persistent: _, ...properties } = eventProperties(event);
  return {
    routingKey: event.routingKey,
    properties: { deliveryMode: 2, ...properties },
    payload: JSON.parse(event.payload) as unknown,
  };
}
