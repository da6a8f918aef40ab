// Forgets what has been gone for long, with its history. Statements of their own, each safe to run again: nobody waits
// for a lock, and whoever dies between two of them leaves what the next run finds again.
import type { Knex } from 'knex';

interface Tombstone {
  readonly id: string;
  readonly account_id: string;
  readonly revision: number;
  readonly sequence: number;
}

/** Returns how many; fewer than `limit`: nothing is left. */
export async function purgeTombstones(
  db: Knex,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<number> {
  const tombstones: Tombstone[] = await db('resources')
    .where('deleted_at', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
    .orderBy('deleted_at')
    .limit(limit)
    .select('id', 'account_id', 'revision', 'sequence');
  if (tombstones.length === 0) return 0;
  // Before the first is gone: a client is told too early rather than too late that it has missed something.
  await raiseHorizons(db, tombstones);
  await forget(db, tombstones);
  return tombstones.length;
}

async function raiseHorizons(db: Knex, tombstones: readonly Tombstone[]): Promise<void> {
  const horizons = new Map<string, number>();
  for (const { account_id: account, sequence } of tombstones) {
    horizons.set(account, Math.max(sequence, horizons.get(account) ?? 0));
  }
  for (const [id, horizon] of horizons) {
    await db('accounts').where({ id }).where('sync_horizon', '<', horizon).update({ sync_horizon: horizon });
  }
}

// Up to the revision of the tombstone only: what has come back since is none any more and keeps what came after.
async function forget(db: Knex, tombstones: readonly Tombstone[]): Promise<void> {
  for (const { id, revision } of tombstones) {
    await db('revisions').where({ resource_id: id }).where('revision', '<=', revision).delete();
    await db('resources').where({ id, revision }).whereNotNull('deleted_at').delete();
  }
}
