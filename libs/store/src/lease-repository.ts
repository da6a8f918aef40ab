// A small lease by name, for work that only one process may do at a time. Times are the database's: hosts' clocks differ.
import type { Knex } from 'knex';

export interface LeaseOptions {
  readonly owner: string;
  readonly leaseMs: number;
}

export function createLeaseRepository(db: Knex) {
  return {
    /** Takes or keeps the lease `name`. Returns its epoch, which grows with every change of owner; null when another holds it. */
    async take(name: string, { owner, leaseMs }: LeaseOptions): Promise<number | null> {
      // A no-op while another's lease lasts; the assignments run left to right, so `epoch` sees the former owner.
      await db.raw(
        `insert into leases (name, owner, epoch, leased_until)
         values (:name, :owner, 1, now(3) + interval :lease microsecond)
         on duplicate key update
           epoch = if(leased_until < now(3) and owner <> :owner, epoch + 1, epoch),
           owner = if(leased_until < now(3), :owner, owner),
           leased_until = if(owner = :owner, now(3) + interval :lease microsecond, leased_until)`,
        { name, owner, lease: leaseMs * 1000 },
      );
      const row = await db('leases').where({ name, owner }).first('epoch');
      return row === undefined ? null : row.epoch;
    },

    /** Gives the lease back, so that another need not wait for its end. */
    async release(name: string, owner: string): Promise<void> {
      await db('leases')
        .where({ name, owner })
        .update({ leased_until: db.raw('now(3) - interval 1 second') });
    },

    /** Forgets leases that ended longer ago: those of single resources are many. Their epochs begin anew. */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('leases')
        .where('leased_until', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
        .orderBy('name')
        .limit(limit)
        .delete();
    },
  };
}
