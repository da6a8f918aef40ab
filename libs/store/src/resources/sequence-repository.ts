// The count of changes of an account. Its row is the lock that puts all changes of one account in an order.
import { GatewayError } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';

export function createSequenceRepository(db: Knex) {
  return {
    /** Locks the account until the transaction ends. Returns its last sequence and the database's time. */
    async lock(accountId: string): Promise<{ sequence: number; nowMs: number }> {
      const row: { sequence: number; now: Date } | undefined = await db('accounts')
        .where({ id: accountId })
        .forUpdate()
        .first('sequence', { now: db.fn.now(3) });
      if (row === undefined)
        throw new GatewayError('not-found', { message: `There is no account ${accountId}` });
      return { sequence: row.sequence, nowMs: row.now.getTime() };
    },

    async set(accountId: string, sequence: number): Promise<void> {
      await db('accounts').where({ id: accountId }).update({ sequence });
    },

    /** The last sequence, without a lock; null when there is no such account. */
    async current(accountId: string): Promise<number | null> {
      const row: { sequence: number } | undefined = await db('accounts')
        .where({ id: accountId })
        .first('sequence');
      return row?.sequence ?? null;
    },
  };
}
