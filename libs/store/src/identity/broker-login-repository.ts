// Who has logged in at the broker, and with which token: so that connections are closed when that is over, whichever
// process noticed it, and also when it was noticed while the broker was away.
import type { Knex } from 'knex';

export interface BrokerLogin {
  readonly clientId: string;
  /** Null: with the client's secret. */
  readonly tokenId: string | null;
  readonly at: Date;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
}

/** A login that is not good any more. */
export interface OverLogin {
  readonly clientId: string;
  readonly tokenId: string | null;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly reason: 'revoked' | 'disabled' | 'expired';
  readonly overSince: Date;
}

export function createBrokerLoginRepository(db: Knex) {
  return {
    /** One row for each token of a client: the first and the last login with it. One that was ended begins anew. */
    async note({ clientId, tokenId, at, expiresAt }: BrokerLogin): Promise<void> {
      // The assignments run left to right, so `first_at` and `last_at` see the former `ended_at`.
      await db.raw(
        `insert into broker_logins (client_id, token_id, first_at, last_at, expires_at)
         values (:clientId, :tokenId, :at, :at, :expiresAt)
         on duplicate key update
           first_at = if(ended_at is null, least(first_at, :at), :at),
           last_at = if(ended_at is null, greatest(last_at, :at), :at),
           expires_at = :expiresAt,
           ended_at = null`,
        { clientId, tokenId: tokenId ?? withSecret, at, expiresAt },
      );
    },

    /**
     * Those not ended whose token is revoked, expired or gone, or whose client is disabled. Expired ones last, as they are
     * the many; else the longest over first.
     */
    async listOver({ now, limit }: { readonly now: Date; readonly limit: number }): Promise<OverLogin[]> {
      const rows = await db
        .from(openLogins(db, now).as('login'))
        .whereNotNull('overSince')
        .orderByRaw('(revokedAt is null and disabledAt is null), overSince')
        .limit(limit)
        .select<OverLoginRow[]>('*');
      return rows.map(({ revokedAt, disabledAt, tokenId, ...row }) => ({
        ...row,
        tokenId: tokenId === withSecret ? null : tokenId,
        reason: disabledAt !== null ? 'disabled' : revokedAt !== null ? 'revoked' : 'expired',
      }));
    },

    /** Its connections are closed. False when somebody has logged in with it since `lastAt`: look at it again. */
    async end({
      clientId,
      tokenId,
      lastAt,
    }: {
      readonly clientId: string;
      readonly tokenId: string | null;
      readonly lastAt: Date;
    }): Promise<boolean> {
      const ended = await db('broker_logins')
        .where({ client_id: clientId, token_id: tokenId ?? withSecret })
        .where('last_at', '<=', lastAt)
        .update({ ended_at: db.fn.now(3) });
      return ended === 1;
    },

    /**
     * Deletes those that were ended, the last login being longer ago; and, where nobody ends any because the broker's
     * management cannot be reached, those that expired a month ago.
     */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('broker_logins')
        .whereRaw(
          `(ended_at is not null and last_at < now(3) - interval ? microsecond)
           or expires_at < now(3) - interval 30 day`,
          [olderThanMs * 1000],
        )
        .limit(limit)
        .delete();
    },
  };
}

const withSecret = '';

interface OverLoginRow extends Omit<OverLogin, 'reason' | 'tokenId'> {
  readonly tokenId: string;
  readonly revokedAt: Date | null;
  readonly disabledAt: Date | null;
}

// A token that is gone was purged, long after its end: the login knows when that was.
function openLogins(db: Knex, now: Date): Knex.QueryBuilder {
  const never = "cast('9999-12-31' as datetime(3))";
  return db('broker_logins as l')
    .leftJoin('tokens as t', 't.id', 'l.token_id')
    .leftJoin('clients as c', 'c.id', 'l.client_id')
    .whereNull('l.ended_at')
    .select({
      clientId: 'l.client_id',
      tokenId: 'l.token_id',
      firstAt: 'l.first_at',
      lastAt: 'l.last_at',
      revokedAt: 't.revoked_at',
      disabledAt: 'c.disabled_at',
      overSince: db.raw(
        `nullif(least(coalesce(c.disabled_at, ${never}), coalesce(t.revoked_at, ${never}),
                      if(l.expires_at <= ?, l.expires_at, ${never})), ${never})`,
        [now],
      ),
    });
}
