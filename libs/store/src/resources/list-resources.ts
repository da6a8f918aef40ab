// A page of the list that a client asks for: what is there in the account, and what its cloud publishes.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { freshnessOfList, readUnits } from './freshness.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import {
  type IdColumns,
  type ListOrder,
  listOrderOf,
  orderRows,
  orderUnion,
  ownIds,
  whereAfter,
} from './list-order.ts';
import { type DocumentRow, documentColumns, type ResourceDocument, toDocument } from './resource-document.ts';
import { publishedAccountId } from './resource-id.ts';
import { countTagged, storedTag, type TagFilter, whereTagged } from './resource-tags.ts';

export interface ResourceListQuery {
  readonly cloud: string;
  readonly account: string;
  readonly type: ResourceType;
  readonly region?: string | undefined;
  readonly state?: string | undefined;
  /** The whole name, exactly. */
  readonly name?: string | undefined;
  /** The owning account's number in the cloud. */
  readonly owner?: string | undefined;
  readonly visibility?: string | undefined;
  /** All of them. */
  readonly tag?: readonly TagFilter[] | undefined;
  /** ISO 8601: what changed then or later. */
  readonly updatedSince?: string | undefined;
  /** `cloudId` (default), `name`, `state`, `updatedAt`; with a minus sign in front: downwards. */
  readonly sort?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ResourcePage {
  readonly items: ResourceDocument[];
  readonly nextCursor: string | null;
  /** When the cloud was last listed completely; null when it never was. */
  readonly observedAt: string | null;
  readonly stale: boolean;
}

type Row = DocumentRow & { readonly name: string | null; readonly state: string; readonly cloud_id: string };

export async function listResources(db: Knex, query: ResourceListQuery): Promise<ResourcePage> {
  const order = listOrderOf(query.sort ?? 'cloudId');
  const leading = await leadingTag(db, query, order);
  const rows: Row[] = await readRows(db, { query, order, leading });
  const page = rows.slice(0, query.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  const accounts = accountsOf(query);
  const observers = page.flatMap(({ observer }) => (observer === null ? [] : [observer]));
  const units = await readUnits(db, { ...query, accounts: [...new Set([...accounts, ...observers])] });
  return {
    items: page.map((row) => toDocument(row, query.account, units.ofRow(row))),
    nextCursor: last === undefined ? null : cursorAfter(last, order),
    ...freshnessOfList(units.ofAccounts(accounts)),
  };
}

/** The account itself, and the one of what its cloud publishes. */
export function accountsOf({ account, cloud }: Pick<ResourceListQuery, 'account' | 'cloud'>): string[] {
  return [...new Set([account, publishedAccountId(cloud)])];
}

// The ids first, each account's in the order of an index, and then the bodies of one page: bodies are long, and what is
// left out should not be read. Two ranges instead of one `in (…)`, which would sort the whole public catalogue.
function readRows(db: Knex, list: List): PromiseLike<Row[]> {
  const { query, order } = list;
  const parts = accountsOf(query).map((account) => idsOf(db, list, account));
  const ids = orderUnion(db.unionAll(parts, true), order).limit(query.limit + 1);
  const page = db
    .from(ids.as('page'))
    .join('resources as r', 'r.id', 'page.id')
    .select([...documentColumns, 'r.name', 'r.state', 'r.cloud_id']);
  return orderRows(page, order);
}

interface List {
  readonly query: ResourceListQuery;
  readonly order: ListOrder;
  readonly leading: TagFilter | undefined;
}

function idsOf(db: Knex, { query, order, leading }: List, account: string): Knex.QueryBuilder {
  const { tag = [], cursor } = query;
  const [rows, ids] =
    leading === undefined
      ? [db('resources as r'), ownIds]
      : [taggedRows(db, { query, account, leading }), tagIds];
  rows
    .where({ 'r.account_id': account, 'r.type': query.type })
    .whereNull('r.deleted_at')
    .limit(query.limit + 1)
    .select(['r.id', 'r.cloud_id', ...(order.column === null ? [] : [`r.${order.column}`])]);
  whereMatching(rows, query);
  whereTagged(
    db,
    rows,
    tag.filter((other) => other !== leading),
  );
  if (cursor !== undefined) whereAfter(rows, order, decodeListCursor(cursor, order.sort), ids);
  return orderRows(rows, order, ids);
}

function whereMatching(rows: Knex.QueryBuilder, query: ResourceListQuery): void {
  const { region, state, name, owner, visibility, updatedSince } = query;
  if (region !== undefined) rows.where('r.region', region);
  if (state !== undefined) rows.where('r.state', state);
  if (name !== undefined) rows.where('r.name', name);
  if (owner !== undefined) rows.where('r.owner', owner);
  if (visibility !== undefined) rows.where('r.visibility', visibility);
  if (updatedSince !== undefined) rows.where('r.updated_at', '>=', new Date(updatedSince));
}

// In the order of the cloud's ids, what has one tag is a range of the tags' own key, however many have it. Of several
// tags the rarest leads.
async function leadingTag(
  db: Knex,
  { account, type, tag = [] }: ResourceListQuery,
  order: ListOrder,
): Promise<TagFilter | undefined> {
  const tags = order.column === null ? tag.filter(({ value }) => value !== undefined) : [];
  if (tags.length < 2) return tags[0];
  const counts = await Promise.all(
    tags.map((one) => countTagged(db, { account, type, tag: one, max: 1000 })),
  );
  return tags[counts.indexOf(Math.min(...counts))];
}

const tagIds: IdColumns = { cloudId: 'lead.cloud_id', id: 'lead.resource_id' };

function taggedRows(
  db: Knex,
  { query, account, leading }: { query: ResourceListQuery; account: string; leading: TagFilter },
): Knex.QueryBuilder {
  return db
    .from(db.raw('resource_tags as lead straight_join resources as r on r.id = lead.resource_id'))
    .where({ 'lead.account_id': account, 'lead.type': query.type, ...storedTag('lead', leading) });
}

function cursorAfter(row: Row, { sort, column }: ListOrder): string {
  const value = column === 'updated_at' ? row.updated_at.toISOString() : column === null ? null : row[column];
  return encodeListCursor({ sort, value, cloudId: row.cloud_id, id: row.id });
}
