// The tags of what is there, one row each, so that lists can be filtered by them. Written with the bodies, never apart.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { ResourceChange } from './diff-resources.ts';

const rowsPerStatement = 500;

export interface TagFilter {
  readonly key: string;
  /** Undefined: whatever it is. */
  readonly value?: string | undefined;
}

/** Makes the rows equal to the tags of the bodies. Changes that left the tags alone cost nothing. */
export async function putTags(db: Knex, account: string, changes: readonly ResourceChange[]): Promise<void> {
  const losing = changes.filter((change) => change.removal !== null || changesTags(change));
  const gaining = changes.filter((change) => isDiscovery(change) || changesTags(change));
  for (const batch of inBatches(losing, rowsPerStatement)) {
    await db('resource_tags')
      .whereIn(
        'resource_id',
        batch.map(({ id }) => id),
      )
      .delete();
  }
  const rows = gaining.flatMap((change) => toRows(account, change));
  for (const batch of inBatches(rows, rowsPerStatement)) await db('resource_tags').insert(batch);
}

/** A condition on `resources as r`: it has all these tags. */
export function whereTagged(db: Knex, resources: Knex.QueryBuilder, tags: readonly TagFilter[]): void {
  for (const tag of tags) {
    resources.whereExists(
      db('resource_tags as t')
        .whereRaw('t.resource_id = r.id and t.account_id = r.account_id and t.type = r.type')
        .where(storedTag('t', tag))
        .select('t.resource_id'),
    );
  }
}

/** How many have the tag; counts no further than `max`. */
export async function countTagged(
  db: Knex,
  query: {
    readonly account: string;
    readonly type: ResourceType;
    readonly tag: TagFilter;
    readonly max: number;
  },
): Promise<number> {
  const some = db('resource_tags as t')
    .where({ 't.account_id': query.account, 't.type': query.type, ...storedTag('t', query.tag) })
    .limit(query.max)
    .select('t.resource_id');
  const row: { count: number } | undefined = await db
    .from(some.as('some'))
    .first({ count: db.raw('count(*)') });
  return row?.count ?? 0;
}

/** The columns of a tag as they are stored, for a comparison. */
export function storedTag(alias: string, { key, value }: TagFilter): Record<string, Buffer> {
  const stored = { [`${alias}.tag_key`]: cut(key, keyBytes) };
  return value === undefined ? stored : { ...stored, [`${alias}.tag_value`]: cut(value, valueBytes) };
}

function changesTags({ changedFields }: ResourceChange): boolean {
  return changedFields.includes('tags');
}

function isDiscovery({ oldState }: ResourceChange): boolean {
  return oldState === null;
}

function toRows(account: string, { id, body }: ResourceChange) {
  // By the stored key: of two that are equal in what the column holds, one is enough.
  const stored = new Map(Object.entries(body.tags).map(([key, value]) => [text(cut(key, keyBytes)), value]));
  return [...stored].map(([key, value]) => ({
    account_id: account,
    type: body.type,
    tag_key: Buffer.from(key, 'latin1'),
    tag_value: cut(value, valueBytes),
    cloud_id: body.cloudId,
    resource_id: id,
  }));
}

// Longer than what any cloud allows; the columns only serve the filter.
const keyBytes = 512;
const valueBytes = 1024;

function cut(value: string, bytes: number): Buffer {
  return Buffer.from(value).subarray(0, bytes);
}

function text(bytes: Buffer): string {
  return bytes.toString('latin1');
}
