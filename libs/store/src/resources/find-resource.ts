// Finds one resource, as it is or as it was at some time.
import { GatewayError, type ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { askTogether, type Together } from './ask-together.ts';
import { type FreshnessRow, freshnessColumns, toFreshness } from './freshness.ts';
import { type PastRow, pastColumns, toPast } from './past-document.ts';
import { type DocumentRow, documentColumns, type ResourceDocument, toDocument } from './resource-document.ts';
import { looksLikeResourceId, publishedAccountId } from './resource-id.ts';

export interface ResourceFindQuery {
  readonly cloud: string;
  readonly account: string;
  readonly type: ResourceType;
  /** The gateway's id, or the cloud's own. */
  readonly id: string;
  readonly region?: string | undefined;
}

type IdColumn = 'r.id' | 'r.cloud_id';

/**
 * A deleted one is found too (`deletedAt` tells); null when it was never there. Throws `validation-failed` when the
 * cloud's own id is in use in several regions and no region was given.
 */
export async function findResource(
  db: Knex,
  byId: ResourcesById,
  query: ResourceFindQuery,
): Promise<ResourceDocument | null> {
  const known = looksLikeResourceId(query.id) ? await byId.ask(query.id) : undefined;
  if (known !== undefined && isAskedFor(known, query))
    return toDocument(known, query.account, toFreshness(known));
  const [first, second] = await candidates(db, query);
  if (first === undefined) return null;
  if (second?.deleted_at === null && second.account_id === first.account_id) throw ambiguous(query.id);
  return toDocument(first, query.account, toFreshness(first));
}

/** Rows by the gateway's ids: what clients ask for most, so they are asked for together. */
export type ResourcesById = Together<string, FoundRow>;

export function createResourcesById(db: Knex): ResourcesById {
  // Built once, when it is needed: repositories are made for every transaction, and most never come here.
  let statement: string | undefined;
  return askTogether({
    keysPerLoad: 100,
    patienceMs: 20,
    async load(ids) {
      statement ??= statementForOne(db);
      const sql = statement.replace('(?)', `(${ids.map(() => '?').join(', ')})`);
      const [rows]: FoundRow[][] = await db.raw(sql, [...ids]);
      return new Map(rows?.map((row) => [row.id, row]));
    },
  });
}

/** Its only parameter is the id, in `in (?)`. */
function statementForOne(db: Knex): string {
  const one = withUnits(db, db('resources as r').whereIn('r.id', ['']));
  return one.select([...documentColumns, ...freshnessColumns]).toSQL().sql;
}

type FoundRow = DocumentRow & FreshnessRow;

function isAskedFor(row: FoundRow, { account, cloud, type, region }: ResourceFindQuery): boolean {
  const isInAccount = row.account_id === account || row.account_id === publishedAccountId(cloud);
  return isInAccount && row.body.type === type && (region === undefined || row.region === region);
}

/** Null: not known at that time, or its history is purged. `deletedAt` set: it was deleted at that time. */
export async function findResourceAt(
  db: Knex,
  query: ResourceFindQuery & { readonly at: string },
): Promise<ResourceDocument | null> {
  const byOwnId = looksLikeResourceId(query.id) ? await pastOnes(db, query, 'r.id') : [];
  const found = byOwnId.length > 0 ? byOwnId : await pastOnes(db, query, 'r.cloud_id');
  const [first, second] = found.sort((a, b) => Number(a.deleted_at !== null) - Number(b.deleted_at !== null));
  if (first === undefined) return null;
  if (second?.deleted_at === null && second.account_id === first.account_id) throw ambiguous(query.id);
  return toDocument(first, query.account, null);
}

// What is there comes before what was there, and the account's own before the published. The unit of polling that
// covers a row tells when it was last seen unchanged.
function candidates(db: Knex, query: ResourceFindQuery): PromiseLike<FoundRow[]> {
  return withUnits(db, matching(db, query, 'r.cloud_id'))
    .orderByRaw('r.deleted_at is null desc, r.account_id = ? desc, r.updated_at desc', [query.account])
    .limit(2)
    .select([...documentColumns, ...freshnessColumns]);
}

async function pastOnes(
  db: Knex,
  query: ResourceFindQuery & { readonly at: string },
  idColumn: IdColumn,
): Promise<DocumentRow[]> {
  const rows: (DocumentRow & PastRow)[] = await matching(db, query, idColumn)
    .join('revisions as v', 'v.resource_id', 'r.id')
    .whereRaw(
      'v.revision = (select max(w.revision) from revisions as w where w.resource_id = r.id and w.valid_from <= ?)',
      [new Date(query.at)],
    )
    .orderByRaw('r.account_id = ? desc, v.valid_from desc', [query.account])
    .limit(20)
    .select([...documentColumns, ...pastColumns]);
  return rows.map(toPast);
}

function matching(db: Knex, query: ResourceFindQuery, idColumn: IdColumn): Knex.QueryBuilder {
  const rows = db('resources as r')
    .whereIn('r.account_id', [query.account, publishedAccountId(query.cloud)])
    .where({ 'r.type': query.type, [idColumn]: query.id });
  return query.region === undefined ? rows : rows.where('r.region', query.region);
}

/** Joins `poll_units as u`, the unit that feeds the row: for a few rows, see readUnits(). */
function withUnits(db: Knex, rows: Knex.QueryBuilder): Knex.QueryBuilder {
  return rows.leftJoin('poll_units as u', (on) => {
    on.on('u.account_id', db.raw('coalesce(r.observer, r.account_id)'))
      .on('u.region', 'r.region')
      .on(db.raw('find_in_set(r.type, u.types)'));
  });
}

function ambiguous(id: string): GatewayError {
  return new GatewayError('validation-failed', {
    message: `Several regions have a resource ${id}`,
    issues: [{ path: 'query.region', message: 'is needed to tell which one' }],
  });
}
