// What was called through the proxy: call by call, and summed up by the hour.
import { GatewayError, type UsageOutcome } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { addCallCounts, type CallCount, readCallCounts } from './call-counts.ts';
import { addToHours, insertCalls } from './stored-calls.ts';
import type { UsageCall } from './usage-call.ts';
import { filterUsage, type UsageFilters } from './usage-filters.ts';
import { sumUsage, type UsageSumQuery } from './usage-sums.ts';

export interface UsageBatch {
  /** The same for every attempt to store these calls. */
  readonly id: string;
  readonly calls: readonly UsageCall[];
}

export interface UsageCallQuery {
  readonly organizationId: string;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly filters: UsageFilters;
  readonly outcome?: UsageOutcome | undefined;
  /** The last id of the page before. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** How many rows of each were deleted. */
export interface PurgedUsage {
  readonly calls: number;
  readonly hours: number;
  readonly batches: number;
  readonly counts: number;
}

export function createUsageRepository(db: Knex) {
  return {
    /**
     * Stores the calls and adds them to their hours, in a transaction only. Returns false, and changes nothing, when a
     * batch of this id is stored already: within seven days a repetition counts once. Rejects with `internal` when the
     * values themselves are at fault, so that the same batch can never be stored.
     */
    async append({ id, calls }: UsageBatch): Promise<boolean> {
      const [inserted] = await db.raw<[{ affectedRows: number }, unknown]>(
        'insert ignore into usage_batches (id, stored_at) values (?, utc_timestamp(3))',
        [id],
      );
      if (inserted.affectedRows === 0) return false;
      try {
        await insertCalls(db, calls);
        // Last, because others may wait for these rows until the commit.
        await addToHours(db, calls);
      } catch (err) {
        throw toRefusedBatch(err, id);
      }
      return true;
    },

    summarise: (query: UsageSumQuery) => sumUsage(db, query),

    /** Newest first. */
    async listCalls(query: UsageCallQuery): Promise<UsageCall[]> {
      const { organizationId, from, to, filters, outcome, beforeId, limit } = query;
      const rows = db('usage_calls')
        .where({ organization_id: organizationId })
        .where('at', '>=', from)
        .where('at', '<', to)
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
      filterUsage(rows, filters);
      if (outcome !== undefined) rows.where({ outcome });
      if (beforeId !== undefined) {
        const last = await db('usage_calls').where({ id: beforeId }).first<{ at: Date } | undefined>('at');
        // What is gone was the oldest: nothing is before it.
        if (last === undefined) return [];
        rows
          .where('at', '<=', last.at)
          .where((row) => void row.where('at', '<', last.at).orWhere('id', '<', beforeId));
      }
      return rows.select<UsageCall[]>(columns);
    },

    /**
     * Deletes calls and hours that began before `before`, and what is only needed for minutes or days (counts, ids of
     * batches); of each table `limit` rows at the most.
     */
    async purge({ before, limit }: { before: Date; limit: number }): Promise<PurgedUsage> {
      const old = db.raw('utc_timestamp(3) - interval 7 day');
      const past = db.raw('utc_timestamp() - interval 10 minute');
      return {
        calls: await db('usage_calls').where('at', '<', before).limit(limit).delete(),
        hours: await db('usage_hours').where('hour', '<', before).limit(limit).delete(),
        batches: await db('usage_batches').where('stored_at', '<', old).limit(limit).delete(),
        counts: await db('call_counts').where('minute', '<', past).limit(limit).delete(),
      };
    },

    /** Adds to what was called in this minute, each key and service once. */
    addCallCounts: ({ minute, counts }: { minute: Date; counts: readonly CallCount[] }) =>
      addCallCounts(db, minute, counts),

    /** Gives what was called in this minute, over all proxies, of each service that was called. */
    readCallCounts: ({ minute, accessKeyIds }: { minute: Date; accessKeyIds: readonly string[] }) =>
      readCallCounts(db, minute, accessKeyIds),
  };
}

// SQLSTATE class 22 is a value that does not fit its column, 23 one that violates a key or must not be null.
function toRefusedBatch(err: unknown, batch: string): unknown {
  const sqlState = (err as { sqlState?: unknown } | null)?.sqlState;
  if (typeof sqlState !== 'string' || !/^2[23]/.test(sqlState)) return err;
  return new GatewayError('internal', {
    message: `The database refuses the usage records of batch ${batch}`,
    cause: err,
  });
}

const columns = {
  id: 'id',
  at: 'at',
  organizationId: 'organization_id',
  environmentId: 'environment_id',
  accessRequestId: 'access_request_id',
  accessKeyId: 'access_key_id',
  userId: 'user_id',
  service: 'service',
  region: 'region',
  action: 'action',
  method: 'method',
  host: 'host',
  status: 'status',
  outcome: 'outcome',
  refusal: 'refusal',
  bytesIn: 'bytes_in',
  bytesOut: 'bytes_out',
  durationMs: 'duration_ms',
  cloudRequestId: 'cloud_request_id',
  clientAddress: 'client_address',
};
