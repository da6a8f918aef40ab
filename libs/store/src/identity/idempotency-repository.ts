// The rows behind idempotency-store.ts, which says what they mean. Leases are measured by the database's clock only:
// the processes that compete for one may disagree about the time.
import type { Knex } from 'knex';
import { isDuplicate } from '../connection/is-duplicate.ts';
import { storedKey } from './stored-key.ts';

export interface IdempotencyRowKey {
  readonly clientId: string;
  readonly key: string;
}

export interface IdempotencyRow {
  readonly requestHash: string;
  readonly state: 'running' | 'free' | 'done';
  readonly attempt: number;
  readonly leaseIsOver: boolean;
  /** Sealed; null until it is done. */
  readonly answer: string | null;
}

export interface Lease {
  /** Any text, of any length. */
  readonly owner: string;
  readonly leaseMs: number;
}

export function createIdempotencyRepository(db: Knex) {
  const rowOf = ({ clientId, key }: IdempotencyRowKey) =>
    db('idempotency').where({ client_id: clientId, idempotency_key: storedKey(key) });
  const ownedRowOf = (key: IdempotencyRowKey, owner: string) =>
    rowOf(key).andWhere({ owner: storedKey(owner), state: 'running' });
  const leaseEnd = (leaseMs: number) => db.raw('utc_timestamp(3) + interval ? microsecond', [leaseMs * 1000]);

  return {
    /** Makes the row of a first attempt; false when there is one already. */
    async insert(key: IdempotencyRowKey, { requestHash, owner, leaseMs }: Lease & { requestHash: string }) {
      const row = {
        client_id: key.clientId,
        idempotency_key: storedKey(key.key),
        request_hash: requestHash,
        state: 'running',
        attempt: 1,
        owner: storedKey(owner),
        leased_until: leaseEnd(leaseMs),
        created_at: db.raw('utc_timestamp(3)'),
      };
      try {
        await db('idempotency').insert(row);
        return true;
      } catch (err) {
        if (isDuplicate(err)) return false;
        throw err;
      }
    },

    /** Reads the row and locks it until the transaction ends. */
    async lock(key: IdempotencyRowKey): Promise<IdempotencyRow | undefined> {
      const row = await rowOf(key)
        .forUpdate()
        .first<(Omit<IdempotencyRow, 'leaseIsOver'> & { leaseIsOver: number }) | undefined>(
          'request_hash as requestHash',
          'state',
          'attempt',
          'answer',
          db.raw('leased_until <= utc_timestamp(3) as leaseIsOver'),
        );
      return row && { ...row, leaseIsOver: row.leaseIsOver === 1 };
    },

    async take(
      key: IdempotencyRowKey,
      { attempt, owner, leaseMs }: Lease & { attempt: number },
    ): Promise<void> {
      await rowOf(key).update({
        state: 'running',
        attempt,
        owner: storedKey(owner),
        leased_until: leaseEnd(leaseMs),
      });
    },

    async extend(key: IdempotencyRowKey, { owner, leaseMs }: Lease): Promise<boolean> {
      return (await ownedRowOf(key, owner).update({ leased_until: leaseEnd(leaseMs) })) === 1;
    },

    async complete(
      key: IdempotencyRowKey,
      { owner, answer }: { owner: string; answer: string },
    ): Promise<void> {
      await ownedRowOf(key, owner).update({
        state: 'done',
        answer,
        completed_at: db.raw('utc_timestamp(3)'),
      });
    },

    async release(key: IdempotencyRowKey, owner: string): Promise<void> {
      await ownedRowOf(key, owner).update({ state: 'free' });
    },

    /**
     * Deletes rows whose last lease ended before `leasedBefore`, whatever came of them, `limit` at the most; returns how
     * many. A request that is repeated after that is executed anew.
     */
    async purge({ leasedBefore, limit }: { leasedBefore: Date; limit: number }): Promise<number> {
      return db('idempotency').where('leased_until', '<', leasedBefore).limit(limit).delete();
    },
  };
}
