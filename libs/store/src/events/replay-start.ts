// Where in the outbox the stored events of an account begin that somebody asks for.
import type { Knex } from 'knex';

/** What comes after this sequence, or happened after this time. */
export type ReplayFrom = { readonly sequence: number } | { readonly time: Date };

export type ReplayStart =
  /** Everything asked for is in the outbox after the row `afterId`; `sequence` is that of the last change before it. */
  | { readonly state: 'stored'; readonly afterId: number; readonly sequence: number }
  /** Some of it is purged. From `oldestSequence` on everything is there. */
  | { readonly state: 'too-old'; readonly oldestSequence: number };

export async function findReplayStart(db: Knex, accountId: string, from: ReplayFrom): Promise<ReplayStart> {
  // The events first, and then what is purged: the other way round some could vanish in between unseen.
  const start = await ('sequence' in from
    ? startAfterSequence(db, accountId, from.sequence)
    : startAfterTime(db, accountId, from.time));
  const horizon = await readHorizon(db, accountId);
  const isPurged =
    'sequence' in from
      ? from.sequence < horizon.sequence
      : horizon.at !== null && from.time.getTime() < horizon.at.getTime();
  return isPurged ? { state: 'too-old', oldestSequence: horizon.sequence } : { state: 'stored', ...start };
}

interface Start {
  readonly afterId: number;
  readonly sequence: number;
}

async function startAfterSequence(db: Knex, accountId: string, sequence: number): Promise<Start> {
  // Not later than the next change, and not before the last one: what else is told in between comes too.
  const before: { id: number } | undefined = await db('outbox')
    .where({ account_id: accountId })
    .where('sequence', '<=', sequence)
    .orderBy('sequence', 'desc')
    .first('id');
  if (before !== undefined) return { afterId: before.id, sequence };
  const next: { id: number } | undefined = await db('outbox')
    .where({ account_id: accountId })
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .first('id');
  return { afterId: next === undefined ? 0 : next.id - 1, sequence };
}

async function startAfterTime(db: Knex, accountId: string, time: Date): Promise<Start> {
  const { id } = await db('outbox')
    .where({ account_id: accountId })
    .where('time', '>', time)
    .first({ id: db.raw('min(id)') });
  const afterId: number = id === null ? await lastId(db, accountId) : id - 1;
  const before: { sequence: number } | undefined = await db('outbox')
    .where({ account_id: accountId })
    .where('id', '<=', afterId)
    .whereNotNull('sequence')
    .orderBy('id', 'desc')
    .first('sequence');
  if (before !== undefined) return { afterId, sequence: before.sequence };
  return { afterId, sequence: (await readHorizon(db, accountId)).sequence };
}

/** Of the last event of the account, published or not; 0 when there is none. */
export async function lastId(db: Knex, accountId: string): Promise<number> {
  const { id } = await db('outbox')
    .where({ account_id: accountId })
    .first({ id: db.raw('max(id)') });
  return id ?? 0;
}

async function readHorizon(db: Knex, accountId: string): Promise<{ sequence: number; at: Date | null }> {
  const row: { sequence: number; at: Date | null } | undefined = await db('accounts')
    .where({ id: accountId })
    .first({ sequence: 'events_horizon', at: 'events_horizon_at' });
  return row ?? { sequence: 0, at: null };
}
