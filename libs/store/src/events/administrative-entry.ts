import {
  type AdministrativeDetails,
  type AdministrativeSubject,
  administrativeEventRoutingKey,
  presentSchemaVersion,
} from '@cloud-gateway/contracts';
import type { OutboxEntry } from './outbox-entry.ts';

interface NewsAbout<Subject extends AdministrativeSubject> {
  /** Unique for ever: of two events with one id, the second is refused. */
  readonly id: string;
  readonly subject: Subject;
  /** The account or organization that it concerns, or `gateway`. */
  readonly scope: string;
  readonly atMs: number;
  /** Never holds a secret. */
  readonly details: AdministrativeDetails[Subject];
}

type AdministrativeNews = { [Subject in AdministrativeSubject]: NewsAbout<Subject> }[AdministrativeSubject];

/** Makes the outbox entry of an event about the gateway itself. */
export function administrativeEntry({ id, subject, scope, atMs, details }: AdministrativeNews): OutboxEntry {
  const at = new Date(atMs).toISOString();
  const event = { schemaVersion: presentSchemaVersion, id, subject, scope, at, details };
  return {
    accountId: scope,
    id,
    routingKey: administrativeEventRoutingKey(event),
    type: `cloud-gateway.${subject}.v1`,
    source: '/v1',
    subject: scope,
    time: at,
    payload: JSON.stringify(event),
  };
}
