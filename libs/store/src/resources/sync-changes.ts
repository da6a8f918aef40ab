// What changed in an account since a sequence: each resource once, with its last change, in the order of the changes.
import type { Knex } from 'knex';
import { readUnits } from './freshness.ts';
import { type DocumentRow, documentColumns, type ResourceDocument, toDocument } from './resource-document.ts';
import {
  dayOf,
  isPassTooOld,
  readSyncPosition,
  type SyncPosition,
  writeSyncPosition,
} from './sync-position.ts';

export interface SyncQuery {
  readonly account: string;
  /** 0: everything that is there; else `nextSince` of the answer before. */
  readonly since: number;
  readonly limit: number;
}

export type SyncAnswer =
  | {
      readonly state: 'changes';
      /** `deletedAt` is set in what is no longer there. */
      readonly items: readonly ResourceDocument[];
      readonly nextSince: number;
      readonly more: boolean;
    }
  /** Tombstones since then are purged: what is gone could not be told. */
  | { readonly state: 'resync-required' }
  | { readonly state: 'unknown-account' };

export async function syncChanges(db: Knex, query: SyncQuery): Promise<SyncAnswer> {
  const position = readSyncPosition(query.since);
  // Before the changes are read: what comes in between is among them, or after all of them.
  const account = await readAccount(db, query.account);
  if (account === null) return { state: 'unknown-account' };
  if (isTooLongAgo(position, account)) return { state: 'resync-required' };
  const rows = await readChanges(db, query, position.sequence);
  const page = rows.slice(0, query.limit);
  const more = rows.length > page.length;
  const observers = page.flatMap(({ observer }) => (observer === null ? [] : [observer]));
  const units = await readUnits(db, { accounts: [...new Set([query.account, ...observers])] });
  return {
    state: 'changes',
    items: page.map((row) => toDocument(row, query.account, units.ofRow(row))),
    nextSince: nextPosition({ position, account, more, lastSequence: page.at(-1)?.sequence ?? 0 }),
    more,
  };
}

interface SyncAccount {
  readonly sequence: number;
  /** The highest sequence of a tombstone that was purged. */
  readonly horizon: number;
  readonly now: Date;
}

async function readAccount(db: Knex, id: string): Promise<SyncAccount | null> {
  const row: SyncAccount | undefined = await db('accounts')
    .where({ id })
    .first('sequence', 'sync_horizon as horizon', db.raw('now(3) as now'));
  return row ?? null;
}

function isTooLongAgo({ sequence, passDay }: SyncPosition, { horizon, now }: SyncAccount): boolean {
  if (passDay !== null) return isPassTooOld(passDay, dayOf(now.getTime()));
  return sequence > 0 && sequence < horizon;
}

function readChanges(
  db: Knex,
  { account, since, limit }: SyncQuery,
  sequence: number,
): PromiseLike<DocumentRow[]> {
  const rows = db('resources as r').where('r.account_id', account).where('r.sequence', '>', sequence);
  // Who has nothing yet need not be told what is gone; on the later pages of a first pass it may be what was on earlier ones.
  if (since === 0) rows.whereNull('r.deleted_at');
  return rows
    .orderBy('r.sequence')
    .limit(limit + 1)
    .select(documentColumns);
}

function nextPosition(answer: {
  position: SyncPosition;
  account: SyncAccount;
  more: boolean;
  lastSequence: number;
}): number {
  const { position, account, more, lastSequence } = answer;
  if (!more) return Math.max(position.sequence, account.sequence, lastSequence);
  const isFirstPass = position.sequence === 0 || position.passDay !== null;
  return writeSyncPosition({
    sequence: lastSequence,
    passDay: isFirstPass ? dayOf(account.now.getTime()) : null,
  });
}
