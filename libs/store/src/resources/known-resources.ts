// What a listing is compared with: the rows of its scope without their bodies, and single rows with them.
import type { ResourceBody, ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { KnownResource } from './diff-resources.ts';
import { publishedAccountId, type ResourceScope, resourceKey } from './resource-id.ts';

export interface ListingScope extends ResourceScope {
  readonly types: readonly ResourceType[];
}

/** A row as a listing is compared with it: without its body. */
export type Fingerprint = Omit<KnownResource, 'body'> & {
  readonly type: ResourceType;
  readonly cloudId: string;
  readonly tagCount: number;
  readonly visibility: ResourceBody['visibility'];
};

/** By resourceKey(). Of the account of what is published: only what it observes itself. */
export async function readFingerprints(db: Knex, scope: ListingScope): Promise<Map<string, Fingerprint>> {
  const published = publishedAccountId(scope.cloud);
  return readPages(db, scope, scope.account === published ? published : null);
}

/** The published rows that the listings of this account tell of. */
export async function readObserved(db: Knex, scope: ListingScope): Promise<Map<string, Fingerprint>> {
  return readPages(db, { ...scope, account: publishedAccountId(scope.cloud) }, scope.account);
}

/** The rows with these ids, deleted ones too, with bodies. */
export async function readKnown(db: Knex, ids: readonly string[]): Promise<Map<string, KnownResource>> {
  const known = new Map<string, KnownResource>();
  for (const batch of inBatches(ids, idsPerRead)) {
    const rows: (FingerprintRow & { body: ResourceBody })[] = await db('resources')
      .whereIn('id', batch)
      .select([...columns, 'body']);
    for (const row of rows) known.set(row.id, { ...toFingerprint(row), body: row.body });
  }
  return known;
}

const idsPerRead = 500;
const rowsPerPage = 5000;

// A page at a time: the driver's rows are several times as large as what is kept of them.
async function readPages(
  db: Knex,
  scope: ListingScope,
  observer: string | null,
): Promise<Map<string, Fingerprint>> {
  const found = new Map<string, Fingerprint>();
  for (const type of scope.types) {
    for (let after: string | undefined; ; ) {
      const rows = await readPage(db, { scope, type, observer, after });
      for (const row of rows) found.set(resourceKey({ type, cloudId: row.cloud_id }), toFingerprint(row));
      if (rows.length < rowsPerPage) break;
      after = rows.at(-1)?.cloud_id;
    }
  }
  return found;
}

function readPage(
  db: Knex,
  page: {
    readonly scope: ListingScope;
    readonly type: ResourceType;
    readonly observer: string | null;
    readonly after: string | undefined;
  },
): PromiseLike<FingerprintRow[]> {
  const { scope, type, observer, after } = page;
  const rows = db('resources').where({ account_id: scope.account, region: scope.region, type });
  if (observer !== null) rows.where({ observer });
  if (after !== undefined) rows.where('cloud_id', '>', after);
  return rows.whereNull('deleted_at').orderBy('cloud_id').limit(rowsPerPage).select(columns);
}

const columns = [
  'id',
  'type',
  'cloud_id',
  'tag_count',
  'hash',
  'state',
  'revision',
  'visibility',
  'observer',
  'observed_at',
  'requested_at',
  'missed_at',
  'deleted_at',
];

interface FingerprintRow {
  readonly id: string;
  readonly type: ResourceType;
  readonly cloud_id: string;
  readonly tag_count: number;
  readonly hash: Buffer;
  readonly state: string;
  readonly revision: number;
  readonly visibility: ResourceBody['visibility'];
  readonly observer: string | null;
  readonly observed_at: Date;
  readonly requested_at: Date | null;
  readonly missed_at: Date | null;
  readonly deleted_at: Date | null;
}

function toFingerprint(row: FingerprintRow): Fingerprint {
  return {
    id: row.id,
    type: row.type,
    cloudId: row.cloud_id,
    tagCount: row.tag_count,
    // Text: a hundred thousand small buffers take three times as much memory.
    hash: row.hash.toString('base64'),
    state: row.state,
    revision: row.revision,
    visibility: row.visibility,
    observer: row.observer,
    observedAtMs: row.observed_at.getTime(),
    requestedAtMs: row.requested_at?.getTime() ?? null,
    missedAtMs: row.missed_at?.getTime() ?? null,
    deleted: row.deleted_at !== null,
  };
}
