// Rows of the account that holds what is published: each is kept once, and observed by one account.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import { publishedAccountId } from './resource-id.ts';

export interface PublishedRow {
  readonly id: string;
  /** The account whose listings tell of it; the published account itself for what is in the cloud's own list. */
  readonly observer: string | null;
}

/** Which of these the cloud publishes, as far as is known. By the cloud's id. */
export async function livePublished(
  db: Knex,
  query: {
    readonly cloud: string;
    readonly region: string;
    readonly type: ResourceType;
    readonly cloudIds: readonly string[];
  },
): Promise<Map<string, PublishedRow>> {
  const { cloud, region, type, cloudIds } = query;
  const found = new Map<string, PublishedRow>();
  for (const batch of inBatches(cloudIds, idsPerRead)) {
    const rows: { id: string; cloud_id: string; observer: string | null }[] = await db('resources')
      .where({ account_id: publishedAccountId(cloud), type, region })
      .whereIn('cloud_id', batch)
      .whereNull('deleted_at')
      .select('id', 'cloud_id', 'observer');
    for (const row of rows) found.set(row.cloud_id, { id: row.id, observer: row.observer });
  }
  return found;
}

/**
 * What this account observed is the cloud's own list's from now on: for an account that nobody polls any more. Returns
 * how many; safe to run again.
 */
export async function adoptObserved(db: Knex, accountId: string): Promise<number> {
  let adopted = 0;
  for (;;) {
    const count = await db('resources')
      .where({ observer: accountId })
      .whereNot({ account_id: accountId })
      .limit(rowsPerStatement)
      .update({ observer: db.raw('account_id') });
    adopted += count;
    if (count < rowsPerStatement) return adopted;
  }
}

const idsPerRead = 500;
const rowsPerStatement = 500;
