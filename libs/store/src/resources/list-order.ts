// The orders of a list, each of them total: by a column, then by the cloud's id, then by ours. Each has an index that
// begins with the account, the type and deleted_at, so that a page costs a page, however long the list is.
import { GatewayError, type ResourceSort } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import type { ListPosition } from './list-cursor.ts';

export interface ListOrder {
  /** As the client names it: `name`, `-name`. */
  readonly sort: string;
  /** Null: by the cloud's id alone. */
  readonly column: 'name' | 'state' | 'updated_at' | null;
  readonly direction: 'asc' | 'desc';
}

const columns: Readonly<Record<ResourceSort, ListOrder['column']>> = {
  cloudId: null,
  name: 'name',
  state: 'state',
  updatedAt: 'updated_at',
};

export function listOrderOf(sort: string): ListOrder {
  const isDownwards = sort.startsWith('-');
  const name = isDownwards ? sort.slice(1) : sort;
  if (!Object.hasOwn(columns, name)) {
    throw new GatewayError('validation-failed', {
      message: `A list cannot be in the order ${sort}`,
      issues: [{ path: 'query.sort', message: `must be one of ${Object.keys(columns).join(', ')}` }],
    });
  }
  return { sort, column: columns[name as ResourceSort], direction: isDownwards ? 'desc' : 'asc' };
}

/** Where the two ids that end every order are: in the resources, or in another table whose index has them. */
export interface IdColumns {
  readonly cloudId: string;
  readonly id: string;
}

export const ownIds: IdColumns = { cloudId: 'r.cloud_id', id: 'r.id' };

/** Orders rows of `resources as r`. */
export function orderRows(
  query: Knex.QueryBuilder,
  order: ListOrder,
  ids: IdColumns = ownIds,
): Knex.QueryBuilder {
  const first = order.column === null ? [] : [`r.${order.column}`];
  return orderBy(query, order, [...first, ids.cloudId, ids.id]);
}

/** Orders a union of such rows. */
export function orderUnion(query: Knex.QueryBuilder, order: ListOrder): Knex.QueryBuilder {
  const first = order.column === null ? [] : [order.column];
  return orderBy(query, order, [...first, 'cloud_id', 'id']);
}

function orderBy(query: Knex.QueryBuilder, order: ListOrder, columns: readonly string[]): Knex.QueryBuilder {
  return query.orderBy(columns.map((column) => ({ column, order: order.direction })));
}

/**
 * What comes after a position. NULL is the smallest value to both servers. The first comparison is implied by the
 * others; it is the one that bounds the search in the index.
 */
export function whereAfter(
  query: Knex.QueryBuilder,
  order: ListOrder,
  position: ListPosition,
  ids: IdColumns = ownIds,
): void {
  const { column, direction } = order;
  const isUp = direction === 'asc';
  const op = isUp ? '>' : '<';
  const tie = `(${ids.cloudId} ${op} ? or (${ids.cloudId} = ? and ${ids.id} ${op} ?))`;
  const tieValues = [position.cloudId, position.cloudId, position.id];
  if (column === null) {
    query.whereRaw(`(${ids.cloudId} ${op}= ? and ${tie})`, [position.cloudId, ...tieValues]);
  } else if (position.value === null) {
    const beyond = isUp ? ` or r.${column} is not null` : '';
    query.whereRaw(`((r.${column} is null and ${tie})${beyond})`, tieValues);
  } else {
    const value = column === 'updated_at' ? toTime(position.value) : position.value;
    const beyond = !isUp && column === 'name' ? ' or r.name is null' : '';
    query.whereRaw(
      `((r.${column} ${op}= ? and (r.${column} ${op} ? or (r.${column} = ? and ${tie})))${beyond})`,
      [value, value, value, ...tieValues],
    );
  }
}

function toTime(text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new GatewayError('validation-failed', { message: 'The cursor is not one that this list gave' });
}
