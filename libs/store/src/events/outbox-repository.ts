// Events wait here until the broker has confirmed them, and stay for a while after that. They are written in the
// transaction of the change that they tell of, under the lock of its account, so that ids grow in the order of the
// changes of one account.

import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import { idRanges } from './id-ranges.ts';
import { listRecentNews } from './list-recent-news.ts';
import { listStored, type StoredCursor } from './list-stored.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { eventColumns, type OutboxRow, toWaitingEvent, type WaitingEvent } from './outbox-row.ts';
import { purgeEvents } from './purge-events.ts';
import { findReplayStart, lastId, type ReplayFrom } from './replay-start.ts';

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

    /**
     * Oldest first, without those of `except` (outbox ids, growing), which are on their way. Never skips one of an
     * account in favour of a later one: an id that shows up late belongs to an account that has no later one yet.
     */
    async listWaiting(
      limit: number,
      { except = [] }: { readonly except?: readonly number[] } = {},
    ): Promise<WaitingEvent[]> {
      const waiting = db('outbox').whereNull('published_at').orderBy('id').limit(limit);
      for (const [first, last] of idRanges(except)) waiting.whereNotBetween('id', [first, last]);
      const rows: OutboxRow[] = await waiting.select(eventColumns);
      return rows.map(toWaitingEvent);
    },

    /** Outbox ids, growing. */
    async markPublished(outboxIds: readonly number[]): Promise<void> {
      if (outboxIds.length === 0) return;
      // Only ids that were given: between them one may show up whose transaction was slower.
      await db('outbox')
        .where((marked) => {
          for (const [first, last] of idRanges(outboxIds)) marked.orWhereBetween('id', [first, last]);
        })
        .update({ published_at: db.fn.now(3) });
    },

    /**
     * What was published of each of these accounts after its own cursor: one account after the other, each in its order.
     * Fewer than `limit`: that is all. A hundred accounts at the most.
     */
    listStored: (after: readonly StoredCursor[], limit: number) => listStored(db, after, limit),

    /**
     * What was published of these accounts just now (in `withinMs`), after their cursors, and is not a change of a
     * resource: the ids of such events do not always grow, so a later cursor may have passed one before it could be seen.
     * Page by page.
     */
    listRecentNews: (
      after: readonly StoredCursor[],
      options: { readonly withinMs: number; readonly pageSize: number },
    ) => listRecentNews(db, after, options),

    /** Whether an event of these accounts waits that is not after its cursor. A hundred accounts at the most. */
    async hasWaitingUpTo(cursors: readonly StoredCursor[]): Promise<boolean> {
      if (cursors.length === 0) return false;
      const row: { id: number } | undefined = await db
        .from(db.raw('outbox force index (relay_order)'))
        .whereNull('published_at')
        .where('id', '<=', Math.max(...cursors.map(({ afterId }) => afterId)))
        .where((early) => {
          for (const { accountId, afterId } of cursors) {
            early.orWhere((one) => void one.where({ account_id: accountId }).where('id', '<=', afterId));
          }
        })
        .first('id');
      return row !== undefined;
    },

    /** Where a replay of an account has to begin, or that it lies too far back. */
    findReplayStart: (accountId: string, from: ReplayFrom) => findReplayStart(db, accountId, from),

    /** The outbox id of the last event of the account, published or not; 0 when there is none. */
    lastId: (accountId: string) => lastId(db, accountId),

    /** Every change of the account up to this sequence has been published. 0 when there is no such account. */
    async publishedSequence(accountId: string): Promise<number> {
      // By what waits, which is little, and not by all that is stored of the account.
      const waiting = db
        .from(db.raw('outbox force index (relay_order)'))
        .where({ account_id: accountId })
        .whereNull('published_at')
        .min('sequence');
      const row: { sequence: number; waiting: number | null } | undefined = await db('accounts')
        .where({ id: accountId })
        .first('sequence', waiting.as('waiting'));
      if (row === undefined) return 0;
      return row.waiting === null ? row.sequence : row.waiting - 1;
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

    /**
     * Deletes what was published longer ago, and notes in each account how far; at most `limit` rows, so that it never
     * holds locks for long. What a subscription still has before it is kept.
     */
    purge: (options: { readonly olderThanMs: number; readonly limit: number }) => purgeEvents(db, options),
  };
}

function toRow(entry: OutboxEntry) {
  return {
    event_id: entry.id,
    account_id: entry.accountId,
    sequence: entry.sequence ?? null,
    routing_key: entry.routingKey,
    type: entry.type,
    source: entry.source,
    subject: entry.subject,
    time: new Date(entry.time),
    payload: entry.payload,
  };
}
