// Reads resources: the lists and documents that clients ask for, and what the poller compares with.
// Rows are written by apply-changes.ts only.
import { GatewayError, type ResourceBody, type ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { KnownResource } from './diff-resources.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import { type DocumentRow, type ResourceDocument, toDocument } from './resource-document.ts';
import { looksLikeResourceId, publishedAccountId, type ResourceScope } from './resource-id.ts';
import type { ResourceRow } from './resource-row.ts';

export interface ResourceListQuery {
  readonly cloud: string;
  readonly account: string;
  readonly type: ResourceType;
  readonly region?: string | undefined;
  readonly state?: string | undefined;
  /** The whole name, exactly. */
  readonly name?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ResourceFindQuery {
  readonly cloud: string;
  readonly account: string;
  readonly type: ResourceType;
  /** The gateway's id, or the cloud's own. */
  readonly id: string;
  readonly region?: string | undefined;
}

export interface ListingScope extends ResourceScope {
  readonly types: readonly ResourceType[];
}

/** A row as a listing is compared with it: without its body. */
export type Fingerprint = Omit<KnownResource, 'body'> & {
  readonly type: ResourceType;
  readonly tagCount: number;
};

const idsPerRead = 500;
const rowsPerWrite = 100;

export function createResourceRepository(db: Knex) {
  return {
    /** Lists what is there in the account, and what its cloud publishes; by the cloud's own id. */
    async list(query: ResourceListQuery): Promise<{ items: ResourceDocument[]; nextCursor: string | null }> {
      // Two ranges of one index, each in order, instead of one `in (…)`, which would sort the whole public catalogue.
      const accounts = [query.account, publishedAccountId(query.cloud)];
      const rows: DocumentRow[] = await db
        .unionAll(
          accounts.map((account) => listPart(db, query, account)),
          true,
        )
        .orderBy([{ column: 'cloud_id' }, { column: 'id' }])
        .limit(query.limit + 1);
      const page = rows.slice(0, query.limit);
      const last = rows.length > page.length ? page.at(-1) : undefined;
      return {
        items: page.map((row) => toDocument(row, query.account)),
        nextCursor: last === undefined ? null : encodeListCursor({ cloudId: last.body.cloudId, id: last.id }),
      };
    },

    /**
     * Finds one resource, a deleted one too (`deletedAt` tells); null when it was never there. Throws
     * `validation-failed` when the cloud's own id is in use in several regions and no region was given.
     */
    async find(query: ResourceFindQuery): Promise<ResourceDocument | null> {
      const byOwnId = looksLikeResourceId(query.id) ? await candidates(db, query, 'r.id') : [];
      const [first, second] = byOwnId.length > 0 ? byOwnId : await candidates(db, query, 'r.cloud_id');
      if (first === undefined) return null;
      if (second?.deleted_at === null && second.account_id === first.account_id) throw ambiguous(query.id);
      return toDocument(first, query.account);
    },

    /** Every row of the scope that is not deleted, by id, without bodies. */
    async fingerprints(scope: ListingScope): Promise<Map<string, Fingerprint>> {
      const rows: FingerprintRow[] = await db('resources')
        .where({ account_id: scope.account, region: scope.region })
        .whereIn('type', scope.types)
        .whereNull('deleted_at')
        .select(fingerprintColumns);
      return new Map(rows.map((row) => [row.id, toFingerprint(row)]));
    },

    /** The rows with these ids, deleted ones too, with bodies. */
    async known(ids: readonly string[]): Promise<Map<string, KnownResource>> {
      const known = new Map<string, KnownResource>();
      for (const batch of inBatches(ids, idsPerRead)) {
        const rows: (FingerprintRow & { body: ResourceBody })[] = await db('resources')
          .whereIn('id', batch)
          .select([...fingerprintColumns, 'body']);
        for (const row of rows) known.set(row.id, { ...toFingerprint(row), body: row.body });
      }
      return known;
    },

    /** Writes whole rows, new and changed ones alike; `first_seen_at` of a row that is there stays. */
    async put(rows: readonly ResourceRow[]): Promise<void> {
      for (const batch of inBatches(rows, rowsPerWrite)) {
        await db('resources').insert(batch).onConflict('id').merge(changingColumns);
      }
    },

    /** Notes that a request saw these rows unchanged. */
    async touch(ids: readonly string[], at: Date): Promise<void> {
      for (const batch of inBatches(ids, idsPerRead)) {
        await db('resources').whereIn('id', batch).update({ observed_at: at, requested_at: at });
      }
    },
  };
}

function listPart(db: Knex, query: ResourceListQuery, account: string): Knex.QueryBuilder {
  const part = documents(db)
    .where({ 'r.account_id': account, 'r.type': query.type, 'r.cloud': query.cloud })
    .whereNull('r.deleted_at')
    .orderBy([{ column: 'r.cloud_id' }, { column: 'r.id' }])
    .limit(query.limit + 1);
  if (query.region !== undefined) part.where('r.region', query.region);
  if (query.state !== undefined) part.where('r.state', query.state);
  if (query.name !== undefined) part.where('r.name', query.name);
  if (query.cursor !== undefined) {
    const { cloudId, id } = decodeListCursor(query.cursor);
    part.whereRaw('(r.cloud_id > ? or (r.cloud_id = ? and r.id > ?))', [cloudId, cloudId, id]);
  }
  return part;
}

// What is there comes before what was there, and the account's own before the published.
function candidates(
  db: Knex,
  query: ResourceFindQuery,
  idColumn: 'r.id' | 'r.cloud_id',
): PromiseLike<DocumentRow[]> {
  const found = documents(db)
    .whereIn('r.account_id', [query.account, publishedAccountId(query.cloud)])
    .where({ 'r.type': query.type, [idColumn]: query.id })
    .orderByRaw('r.deleted_at is null desc, r.account_id = ? desc, r.updated_at desc', [query.account])
    .limit(2);
  return query.region === undefined ? found : found.where('r.region', query.region);
}

// The unit of the poller that covers a row tells when the row was last seen unchanged.
function documents(db: Knex): Knex.QueryBuilder {
  return db('resources as r')
    .leftJoin('poll_units as u', (on) => {
      on.on('u.account_id', 'r.account_id')
        .on('u.region', 'r.region')
        .on(db.raw('find_in_set(r.type, u.types)'));
    })
    .select(documentColumns);
}

const documentColumns = [
  'r.id',
  'r.cloud',
  'r.account_id',
  'r.region',
  'r.cloud_id',
  'r.body',
  'r.revision',
  'r.sequence',
  'r.first_seen_at',
  'r.updated_at',
  'r.observed_at',
  'r.deleted_at',
  'u.listed_at',
  'u.consecutive_failures',
];

const fingerprintColumns = [
  'id',
  'type',
  'tag_count',
  'hash',
  'state',
  'revision',
  'observed_at',
  'requested_at',
  'deleted_at',
];

interface FingerprintRow {
  readonly id: string;
  readonly type: ResourceType;
  readonly tag_count: number;
  readonly hash: Buffer;
  readonly state: string;
  readonly revision: number;
  readonly observed_at: Date;
  readonly requested_at: Date | null;
  readonly deleted_at: Date | null;
}

function toFingerprint(row: FingerprintRow): Fingerprint {
  return {
    id: row.id,
    type: row.type,
    tagCount: row.tag_count,
    hash: row.hash,
    state: row.state,
    revision: row.revision,
    observedAtMs: row.observed_at.getTime(),
    requestedAtMs: row.requested_at?.getTime() ?? null,
    deleted: row.deleted_at !== null,
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
  'updated_at',
  'observed_at',
  'requested_at',
  'deleted_at',
] as const satisfies (keyof ResourceRow)[];

function ambiguous(id: string): GatewayError {
  return new GatewayError('validation-failed', {
    message: `Several regions have a resource ${id}`,
    issues: [{ path: 'query.region', message: 'is needed to tell which one' }],
  });
}
