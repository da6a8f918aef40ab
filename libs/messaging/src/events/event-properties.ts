import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { Options } from 'amqplib';

/**
 * The AMQP properties of an event, the same by whichever way it comes: CloudEvents 1.0 attributes travel as headers, in
 * the manner of that specification's AMQP binding (binary mode).
 */
export function eventProperties(event: OutgoingEvent): Options.Publish {
  return {
    persistent: true,
    messageId: event.id,
    contentType: 'application/json',
    type: event.type,
    headers: eventHeaders(event),
  };
}

export function eventHeaders(event: OutgoingEvent): Record<string, string> {
  return {
    cloudEvents_specversion: '1.0',
    cloudEvents_id: event.id,
    cloudEvents_type: event.type,
    cloudEvents_source: event.source,
    cloudEvents_subject: event.subject,
    cloudEvents_time: event.time,
  };
}
