// One row per account of a cloud, however many clients have proven it.
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { PageRequest } from './page-request.ts';

export interface Account {
  /** accountIdOf(cloud, cloudAccountId). */
  readonly id: string;
  readonly cloud: string;
  /** The cloud's own number of the account. */
  readonly cloudAccountId: string;
  readonly createdAt: Date;
}

export function createAccountRepository(db: Knex) {
  const columns = {
    id: 'accounts.id',
    cloud: 'accounts.cloud',
    cloudAccountId: 'accounts.cloud_account_id',
    createdAt: 'accounts.created_at',
  };

  return {
    /**
     * Makes the row when there is none. In a transaction nobody else gets past here for the same account until the
     * transaction ends, so that grants of one account are changed one after the other.
     */
    async ensure({ id, cloud, cloudAccountId, createdAt }: Account): Promise<void> {
      // The duplicate is "updated" to take its lock; `insert ignore` would share it and deadlock later.
      await db('accounts')
        .insert({ id, cloud, cloud_account_id: cloudAccountId, created_at: createdAt })
        .onConflict('id')
        .merge({ cloud: db.raw('cloud') });
    },

    async find(id: string): Promise<Account | undefined> {
      return db('accounts').where({ id }).first<Account | undefined>(columns);
    },

    /** The last sequence of each of these accounts that there is. */
    async sequences(ids: readonly string[]): Promise<Map<string, number>> {
      const sequences = new Map<string, number>();
      for (const batch of inBatches(ids, 1000)) {
        const rows: { id: string; sequence: number }[] = await db('accounts')
          .whereIn('id', batch)
          .select('id', 'sequence');
        for (const { id, sequence } of rows) sequences.set(id, sequence);
      }
      return sequences;
    },

    /** The accounts that at least one client has proven and is not disabled: what the poller works on. */
    async listGranted({ afterId = '', limit }: PageRequest): Promise<Account[]> {
      return db('accounts')
        .whereExists(
          db('grants')
            .leftJoin('clients', 'clients.id', 'grants.client_id')
            .whereRaw('grants.account_id = accounts.id')
            .whereNull('clients.disabled_at')
            .select('grants.client_id'),
        )
        .andWhere('accounts.id', '>', afterId)
        .orderBy('accounts.id')
        .limit(limit)
        .select<Account[]>(columns);
    },
  };
}
