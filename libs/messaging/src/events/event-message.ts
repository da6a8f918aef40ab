import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { WireMessage } from '../wire/encode-publish.ts';
import { eventHeaders } from './event-properties.ts';

/** An event as the channel writer sends it: with the properties of eventProperties(). */
export function eventMessage(exchange: string, routingKey: string, event: OutgoingEvent): WireMessage {
  return {
    exchange,
    routingKey,
    content: event.payload,
    persistent: true,
    messageId: event.id,
    type: event.type,
    headers: eventHeaders(event),
  };
}
