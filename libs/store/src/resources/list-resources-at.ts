// A page of what a list was at some time, from the history. By the cloud's ids.
//
// What the retention has purged is not there any more: the revisions of a resource begin with the oldest that is kept.
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { freshnessOfList, readUnits } from './freshness.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import { listOrderOf, orderRows, orderUnion, whereAfter } from './list-order.ts';
import { accountsOf, type ResourceListQuery, type ResourcePage } from './list-resources.ts';
import { type PastRow, pastColumns, removalKinds, toPast } from './past-document.ts';
import { type DocumentRow, documentColumns, toDocument } from './resource-document.ts';

export interface PastListQuery
  extends Pick<ResourceListQuery, 'cloud' | 'account' | 'type' | 'region' | 'state' | 'limit' | 'cursor'> {
  /** ISO 8601. */
  readonly at: string;
}

type Row = DocumentRow & PastRow & { readonly cloud_id: string; readonly past_body: ResourceBody };

export async function listResourcesAt(db: Knex, query: PastListQuery): Promise<ResourcePage> {
  const parts = accountsOf(query).map((account) => part(db, query, account));
  const page = db
    .from(
      orderUnion(db.unionAll(parts, true), order)
        .limit(query.limit + 1)
        .as('page'),
    )
    .join('resources as r', 'r.id', 'page.id')
    .join('revisions as v', (on) => on.on('v.resource_id', 'page.id').on('v.revision', 'page.revision'))
    .select([...documentColumns, ...pastColumns, 'r.cloud_id']);
  const rows: Row[] = await orderRows(page, order);
  const items = rows.slice(0, query.limit);
  const last = rows.length > items.length ? items.at(-1) : undefined;
  const accounts = accountsOf(query);
  const units = await readUnits(db, { ...query, accounts });
  return {
    items: items.map((row) => toDocument(toPast(row), query.account, null)),
    nextCursor:
      last === undefined
        ? null
        : encodeListCursor({ sort: order.sort, value: null, cloudId: last.cloud_id, id: last.id }),
    ...freshnessOfList(units.ofAccounts(accounts)),
  };
}

const order = listOrderOf('cloudId');

function part(db: Knex, query: PastListQuery, account: string): Knex.QueryBuilder {
  const at = new Date(query.at);
  const rows = db('resources as r')
    .join('revisions as v', 'v.resource_id', 'r.id')
    .where({ 'r.account_id': account, 'r.type': query.type })
    .where('r.first_seen_at', '<=', at)
    .whereRaw(
      'v.revision = (select max(w.revision) from revisions as w where w.resource_id = r.id and w.valid_from <= ?)',
      [at],
    )
    .whereNotIn('v.change', removalKinds)
    .limit(query.limit + 1)
    .select(['r.id', 'r.cloud_id', 'v.revision']);
  if (query.region !== undefined) rows.where('r.region', query.region);
  if (query.state !== undefined) rows.where('v.state', query.state);
  if (query.cursor !== undefined) whereAfter(rows, order, decodeListCursor(query.cursor, order.sort));
  return orderRows(rows, order);
}
