import type { Knex } from 'knex';
import type { StoredCursor } from './list-stored.ts';
import { type StoredEvent, type StoredRow, storedColumns, toStoredEvent } from './outbox-row.ts';

/**
 * All of them, a page of them at a time. By the accounts' index, in which events without a sequence stand together: there
 * are few of them.
 */
export async function* listRecentNews(
  db: Knex,
  after: readonly StoredCursor[],
  { withinMs, pageSize }: { readonly withinMs: number; readonly pageSize: number },
): AsyncGenerator<readonly StoredEvent[]> {
  const cursorOf = new Map(after.map(({ accountId, afterId }) => [accountId, afterId]));
  for (let readTo = Math.min(...cursorOf.values()); ; ) {
    const rows: StoredRow[] = await db
      .from(db.raw('outbox force index (by_sequence)'))
      .whereIn('account_id', [...cursorOf.keys()])
      .whereNull('sequence')
      .where('id', '>', readTo)
      .where('published_at', '>', db.raw('now(3) - interval ? microsecond', [withinMs * 1000]))
      .orderBy('id')
      .limit(pageSize)
      .select(storedColumns);
    const events = rows.map(toStoredEvent);
    yield events.filter(({ accountId, outboxId }) => outboxId > (cursorOf.get(accountId) ?? 0));
    const last = events.at(-1);
    if (last === undefined || events.length < pageSize) return;
    readTo = last.outboxId;
  }
}
