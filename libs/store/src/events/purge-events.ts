// Deletes events that were published long ago. Each account keeps how far that went, so that whoever asks for stored
// events from further back is told so instead of getting a part of them.
import type { Knex } from 'knex';
import { groupBy } from '../group-by.ts';

export async function purgeEvents(
  db: Knex,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<number> {
  const rows: PurgedRow[] = await db('outbox as o')
    .where('o.published_at', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
    .whereNotExists(
      db('subscription_accounts as sa')
        .whereRaw('sa.account_id = o.account_id and sa.replayed_to < o.id')
        .select('sa.account_id'),
    )
    .orderBy('o.published_at')
    .limit(limit)
    .select('o.id', 'o.account_id', 'o.sequence', 'o.time');
  if (rows.length === 0) return 0;
  // Before the rows are gone: who dies in between has said too much, never too little.
  await moveHorizons(db, rows);
  return db('outbox')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .delete();
}

interface PurgedRow {
  readonly id: number;
  readonly account_id: string;
  readonly sequence: number | null;
  readonly time: Date;
}

async function moveHorizons(db: Knex, rows: readonly PurgedRow[]): Promise<void> {
  for (const [id, ofAccount] of groupBy(rows, (row) => row.account_id)) {
    const sequence = Math.max(...ofAccount.map((row) => row.sequence ?? 0));
    const at = new Date(Math.max(...ofAccount.map(({ time }) => time.getTime())));
    await db('accounts')
      .where({ id })
      .update({
        events_horizon: db.raw('greatest(events_horizon, ?)', [sequence]),
        events_horizon_at: db.raw('greatest(coalesce(events_horizon_at, ?), ?)', [at, at]),
      });
  }
}
