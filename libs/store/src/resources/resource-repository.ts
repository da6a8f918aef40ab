// Reads resources: the lists and documents that clients ask for, and what the poller compares with.
// Rows are written by apply-changes.ts only.
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { ResourceChange } from './diff-resources.ts';
import {
  createResourcesById,
  findResource,
  findResourceAt,
  type ResourceFindQuery,
} from './find-resource.ts';
import { type ListingScope, readFingerprints, readKnown, readObserved } from './known-resources.ts';
import { listResources, type ResourceListQuery } from './list-resources.ts';
import { listResourcesAt, type PastListQuery } from './list-resources-at.ts';
import { adoptObserved, livePublished } from './published-rows.ts';
import { purgeTombstones } from './purge-tombstones.ts';
import type { ResourceRow } from './resource-row.ts';
import { putTags } from './resource-tags.ts';
import { type SyncQuery, syncChanges } from './sync-changes.ts';

const idsPerWrite = 500;
const rowsPerWrite = 100;

export function createResourceRepository(db: Knex) {
  const byId = createResourcesById(db);
  return {
    list: (query: ResourceListQuery) => listResources(db, query),
    listAt: (query: PastListQuery) => listResourcesAt(db, query),
    find: (query: ResourceFindQuery) => findResource(db, byId, query),
    findAt: (query: ResourceFindQuery & { readonly at: string }) => findResourceAt(db, query),
    sync: (query: SyncQuery) => syncChanges(db, query),

    fingerprints: (scope: ListingScope) => readFingerprints(db, scope),
    observedFor: (scope: ListingScope) => readObserved(db, scope),
    known: (ids: readonly string[]) => readKnown(db, ids),
    livePublished: (query: Parameters<typeof livePublished>[1]) => livePublished(db, query),
    adoptObserved: (accountId: string) => adoptObserved(db, accountId),

    /** Writes whole rows, new and changed ones alike; `first_seen_at` of a row that is there stays. */
    async put(rows: readonly ResourceRow[]): Promise<void> {
      for (const batch of inBatches(rows, rowsPerWrite)) {
        await db('resources').insert(batch).onConflict('id').merge(changingColumns);
      }
    },

    /** Makes the tags equal to those of the bodies. */
    putTags: (account: string, changes: readonly ResourceChange[]) => putTags(db, account, changes),

    /** Notes that a request saw these rows unchanged. */
    async touch(ids: readonly string[], at: Date): Promise<void> {
      for (const batch of inBatches(ids, idsPerWrite)) {
        await db('resources')
          .whereIn('id', batch)
          .update({ observed_at: at, requested_at: at, missed_at: null });
      }
    },

    /** Notes that the listing that began then did not have these rows; null: that one had them again. */
    async setMissed(ids: readonly string[], at: Date | null): Promise<void> {
      for (const batch of inBatches(ids, idsPerWrite)) {
        await db('resources').whereIn('id', batch).update({ missed_at: at });
      }
    },

    /** Deletes what has been gone for longer, with its history; `limit` at the most, fewer when nothing is left. */
    purgeTombstones: (batch: { readonly olderThanMs: number; readonly limit: number }) =>
      purgeTombstones(db, batch),
  };
}

const changingColumns = [
  'name',
  'state',
  'raw_state',
  'owner',
  'visibility',
  'tag_count',
  'body',
  'hash',
  'revision',
  'sequence',
  'observer',
  'updated_at',
  'observed_at',
  'requested_at',
  'missed_at',
  'deleted_at',
  'removal',
] as const satisfies (keyof ResourceRow)[];
