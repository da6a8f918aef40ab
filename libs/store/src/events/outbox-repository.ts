// Events wait here until the broker has confirmed them. They are written in the transaction of the change that they
// tell of, under the lock of its account, so that ids grow in the order of the changes of one account.

import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { OutboxEntry } from './outbox-entry.ts';

export interface WaitingEvent extends OutgoingEvent {
  readonly outboxId: number;
}

export interface Backlog {
  readonly count: number;
  /** 0 when nothing waits. */
  readonly oldestAgeMs: number;
}

const rowsPerInsert = 100;

export function createOutboxRepository(db: Knex) {
  return {
    async append(entries: readonly OutboxEntry[]): Promise<void> {
      for (const batch of inBatches(entries, rowsPerInsert)) await db('outbox').insert(batch.map(toRow));
    },

    /** Oldest first. Never skips one of an account in favour of a later one. */
    async listWaiting(limit: number): Promise<WaitingEvent[]> {
      const rows = await db('outbox')
        .whereNull('published_at')
        .orderBy('id')
        .limit(limit)
        .select('id', 'event_id', 'routing_key', 'type', 'source', 'subject', 'time', 'payload');
      return rows.map((row) => ({
        outboxId: row.id,
        id: row.event_id,
        routingKey: row.routing_key,
        type: row.type,
        source: row.source,
        subject: row.subject,
        time: row.time.toISOString(),
        payload: row.payload,
      }));
    },

    async markPublished(outboxIds: readonly number[]): Promise<void> {
      await db('outbox')
        .whereIn('id', outboxIds)
        .update({ published_at: db.fn.now(3) });
    },

    async backlog(): Promise<Backlog> {
      const row = await db('outbox')
        .whereNull('published_at')
        .first({
          count: db.raw('count(*)'),
          age: db.raw('timestampdiff(microsecond, min(time), now(3)) div 1000'),
        });
      return { count: row?.count ?? 0, oldestAgeMs: Math.max(0, row?.age ?? 0) };
    },

    /** Deletes what was published longer ago; at most `limit` rows, so that it never holds locks for long. */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('outbox')
        .where('published_at', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
        .orderBy('published_at')
        .limit(limit)
        .delete();
    },
  };
}

function toRow(entry: OutboxEntry) {
  return {
    event_id: entry.id,
    account_id: entry.accountId,
    routing_key: entry.routingKey,
    type: entry.type,
    source: entry.source,
    subject: entry.subject,
    time: new Date(entry.time),
    payload: entry.payload,
  };
}
