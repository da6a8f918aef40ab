// Published events, read again account by account: sorted across accounts, a slice would cost as much as all that is left.
import type { Knex } from 'knex';
import { type StoredEvent, type StoredRow, storedColumns, toStoredEvent } from './outbox-row.ts';

export interface StoredCursor {
  readonly accountId: string;
  /** Outbox id of the last event that is not wanted. */
  readonly afterId: number;
}

export async function listStored(
  db: Knex,
  after: readonly StoredCursor[],
  limit: number,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (const cursor of await withMore(db, after)) {
    const room = limit - events.length;
    if (room <= 0) break;
    const rows: StoredRow[] = await db
      .from(db.raw('outbox force index (by_account)'))
      .where({ account_id: cursor.accountId })
      .where('id', '>', cursor.afterId)
      .whereNotNull('published_at')
      .orderBy('id')
      .limit(room)
      .select(storedColumns);
    events.push(...rows.map(toStoredEvent));
  }
  return events;
}

/** One look at the index for all of them: most accounts have nothing new. */
async function withMore(db: Knex, after: readonly StoredCursor[]): Promise<StoredCursor[]> {
  const rows: { accountId: string; lastId: number }[] = await db('outbox')
    .whereIn(
      'account_id',
      after.map(({ accountId }) => accountId),
    )
    .groupBy('account_id')
    .select({ accountId: 'account_id', lastId: db.raw('max(id)') });
  const lastOf = new Map(rows.map(({ accountId, lastId }) => [accountId, lastId]));
  return after.filter(({ accountId, afterId }) => (lastOf.get(accountId) ?? 0) > afterId);
}
