import {
  type AdministrativeEvent,
  type AdministrativeSubject,
  administrativeEventRoutingKey,
  presentSchemaVersion,
} from '@cloud-gateway/contracts';
import type { OutboxEntry } from './outbox-entry.ts';

interface AdministrativeNews {
  /** Unique for ever: of two events with one id, the second is refused. */
  readonly id: string;
  readonly subject: AdministrativeSubject;
  /** The account or organization that it concerns, or `gateway`. */
  readonly scope: string;
  readonly atMs: number;
  /** Never holds a secret. */
  readonly details: AdministrativeEvent['details'];
}

/** Makes the outbox entry of an event about the gateway itself. */
export function administrativeEntry({ id, subject, scope, atMs, details }: AdministrativeNews): OutboxEntry {
  const event: AdministrativeEvent = {
    schemaVersion: presentSchemaVersion,
    id,
    subject,
    scope,
    at: new Date(atMs).toISOString(),
    details,
  };
  return {
    accountId: scope,
    id,
    routingKey: administrativeEventRoutingKey(event),
    type: `cloud-gateway.${subject}.v1`,
    source: '/v1',
    subject: scope,
    time: event.at,
    payload: JSON.stringify(event),
  };
}
