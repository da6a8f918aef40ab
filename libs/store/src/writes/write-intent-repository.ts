// Creates whose outcome is not written down yet. A row is there from before the first call to the cloud until the
// outcome is stored, or it is certain that nothing was made; who finds one later looks whether it was done. Leases are
// measured by the database's clock only.
import type { CreatableType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { isDuplicate } from '../connection/is-duplicate.ts';
import { storedKey } from '../identity/stored-key.ts';
import type { IntentLease, NewWriteIntent, WriteIntent, WriteIntentKey } from './write-intent.ts';

export interface IntentLeaseOptions {
  readonly owner: string;
  readonly leaseMs: number;
}

export interface ForsakenIntents extends IntentLeaseOptions {
  readonly limit: number;
  readonly clouds: readonly string[];
  /** How long there was no sign of life. */
  readonly idleMs: number;
}

export function createWriteIntentRepository(db: Knex) {
  const rowOf = ({ clientId, key }: WriteIntentKey) =>
    db('write_intents').where({ client_id: clientId, idempotency_key: storedKey(key) });
  const leased = (lease: IntentLease) => rowOf(lease).where({ epoch: lease.epoch }).whereNotNull('owner');
  const inMs = (ms: number) => db.raw('now(3) + interval ? microsecond', [Math.round(ms * 1000)]);

  async function read(key: WriteIntentKey): Promise<WriteIntent | null> {
    const row: IntentRow | undefined = await rowOf(key).first(columns(db));
    return row === undefined ? null : toIntent(row);
  }

  return {
    /**
     * Makes it and takes its lease, or takes over the one that is there, as it is there: with its own request id and
     * hash. Null: somebody else works on it.
     */
    async begin(intent: NewWriteIntent, { owner, leaseMs }: IntentLeaseOptions): Promise<WriteIntent | null> {
      try {
        const times = { leased_until: inMs(leaseMs), created_at: db.fn.now(3) };
        await db('write_intents').insert({ ...toRow(intent), ...times, owner, epoch: 1 });
        return await read(intent);
      } catch (err) {
        if (!isDuplicate(err)) throw err;
      }
      const taken = await rowOf(intent)
        .where((free) => {
          void free.whereNull('owner').orWhere('leased_until', '<', db.fn.now(3));
        })
        .update({ owner, leased_until: inMs(leaseMs), epoch: db.raw('epoch + 1') });
      return taken === 0 ? null : read(intent);
    },

    /** Note this just before a call is sent that may make the resource. False: the lease is lost, send nothing. */
    async markSent(lease: IntentLease): Promise<boolean> {
      const marked = await leased(lease).update({
        first_sent_at: db.raw('coalesce(first_sent_at, now(3))'),
        last_sent_at: db.fn.now(3),
      });
      return marked === 1;
    },

    /** Keeps the lease; false when it is lost. */
    async extend(lease: IntentLease, leaseMs: number): Promise<boolean> {
      return (await leased(lease).update({ leased_until: inMs(leaseMs) })) === 1;
    },

    /** Gives the lease back where the outcome is not known: the intent stays. */
    async release(lease: IntentLease): Promise<void> {
      await leased(lease).update({ owner: null, leased_until: db.fn.now(3) });
    },

    /**
     * The outcome is known: call it in the transaction that stores it. False: the lease is lost, and another one has
     * gone on with it.
     */
    async finish(lease: IntentLease): Promise<boolean> {
      return (await leased(lease).delete()) === 1;
    },

    /**
     * Takes intents that nobody works on any more, the longest forsaken first. Call it in a transaction: two callers at
     * once get different ones and do not wait for each other.
     */
    async leaseForsaken({ owner, leaseMs, limit, clouds, idleMs }: ForsakenIntents): Promise<WriteIntent[]> {
      const rows: IntentRow[] = await db('write_intents')
        .where('leased_until', '<=', inMs(-idleMs))
        .whereIn('cloud', clouds)
        .orderBy('leased_until')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .select(columns(db));
      for (const row of rows) {
        await db('write_intents')
          .where({ client_id: row.client_id, idempotency_key: row.idempotency_key })
          .update({ owner, leased_until: inMs(leaseMs), epoch: row.epoch + 1 });
      }
      return rows.map((row) => toIntent({ ...row, epoch: row.epoch + 1 }));
    },

    find: read,

    async count(): Promise<number> {
      const row = await db('write_intents').first({ count: db.raw('count(*)') });
      return row?.count ?? 0;
    },

    /** Deletes what was begun longer ago and is in nobody's hands; at most `limit` rows. */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      return db('write_intents')
        .where('created_at', '<', inMs(-olderThanMs))
        .where('leased_until', '<', db.fn.now(3))
        .orderBy('created_at')
        .limit(limit)
        .delete();
    },
  };
}

interface IntentRow {
  readonly client_id: string;
  readonly idempotency_key: Buffer;
  readonly cloud: string;
  readonly account_id: string;
  readonly region: string;
  readonly type: CreatableType;
  readonly request_id: string;
  readonly credential_client_id: string;
  readonly spec_hash: string;
  readonly epoch: number;
  readonly created_at: Date;
  readonly first_sent_at: Date | null;
  readonly last_sent_at: Date | null;
  readonly sent_ago_ms: number | null;
}

function columns(db: Knex): (string | Knex.Raw)[] {
  return [
    'client_id',
    'idempotency_key',
    'cloud',
    'account_id',
    'region',
    'type',
    'request_id',
    'credential_client_id',
    'spec_hash',
    'epoch',
    'created_at',
    'first_sent_at',
    'last_sent_at',
    db.raw('timestampdiff(microsecond, last_sent_at, now(3)) div 1000 as sent_ago_ms'),
  ];
}

function toRow(intent: NewWriteIntent) {
  return {
    client_id: intent.clientId,
    idempotency_key: storedKey(intent.key),
    cloud: intent.cloud,
    account_id: intent.accountId,
    region: intent.region,
    type: intent.type,
    request_id: intent.requestId,
    credential_client_id: intent.credentialClientId,
    spec_hash: intent.specHash,
  };
}

function toIntent(row: IntentRow): WriteIntent {
  return {
    clientId: row.client_id,
    key: row.idempotency_key.toString('utf8'),
    cloud: row.cloud,
    accountId: row.account_id,
    region: row.region,
    type: row.type,
    requestId: row.request_id,
    credentialClientId: row.credential_client_id,
    specHash: row.spec_hash,
    epoch: row.epoch,
    createdAt: row.created_at,
    firstSentAt: row.first_sent_at,
    lastSentAt: row.last_sent_at,
    sentAgoMs: row.sent_ago_ms === null ? null : Math.max(0, row.sent_ago_ms),
  };
}
