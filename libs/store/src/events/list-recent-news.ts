import type { Knex } from 'knex';
import type { StoredCursor } from './list-stored.ts';
import { type StoredEvent, type StoredRow, storedColumns, toStoredEvent } from './outbox-row.ts';

/** By the accounts' index, in which events without a sequence stand together: there are few of them. */
export async function listRecentNews(
  db: Knex,
  after: readonly StoredCursor[],
  { withinMs, limit }: { readonly withinMs: number; readonly limit: number },
): Promise<StoredEvent[]> {
  const cursorOf = new Map(after.map(({ accountId, afterId }) => [accountId, afterId]));
  const rows: StoredRow[] = await db
    .from(db.raw('outbox force index (by_sequence)'))
    .whereIn('account_id', [...cursorOf.keys()])
    .whereNull('sequence')
    .where('id', '>', Math.min(...cursorOf.values()))
    .where('published_at', '>', db.raw('now(3) - interval ? microsecond', [withinMs * 1000]))
    .orderBy('id')
    .limit(limit)
    .select(storedColumns);
  return rows
    .map(toStoredEvent)
    .filter(({ accountId, outboxId }) => outboxId > (cursorOf.get(accountId) ?? 0));
}
