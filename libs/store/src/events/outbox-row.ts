import type { OutgoingEvent } from '@cloud-gateway/contracts';

export interface WaitingEvent extends OutgoingEvent {
  readonly outboxId: number;
}

export interface StoredEvent extends WaitingEvent {
  readonly accountId: string;
  /** Null for what is not a change of a resource. */
  readonly sequence: number | null;
}

export interface OutboxRow {
  readonly id: number;
  readonly event_id: string;
  readonly routing_key: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: Date;
  readonly payload: string;
}

export interface StoredRow extends OutboxRow {
  readonly account_id: string;
  readonly sequence: number | null;
}

export const eventColumns = ['id', 'event_id', 'routing_key', 'type', 'source', 'subject', 'time', 'payload'];
export const storedColumns = [...eventColumns, 'account_id', 'sequence'];

export function toWaitingEvent(row: OutboxRow): WaitingEvent {
  return {
    outboxId: row.id,
    id: row.event_id,
    routingKey: row.routing_key,
    type: row.type,
    source: row.source,
    subject: row.subject,
    time: row.time.toISOString(),
    payload: row.payload,
  };
}

export function toStoredEvent(row: StoredRow): StoredEvent {
  return { ...toWaitingEvent(row), accountId: row.account_id, sequence: row.sequence };
}
