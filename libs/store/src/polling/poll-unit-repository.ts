// The schedule of the poller: what is to be listed, when, and who does it now. All times are the database's own, handed
// in as spans from now, because the clocks of several hosts differ.
import type { PollState, ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type {
  LeasedUnit,
  NewPollUnit,
  PollUnit,
  PollUnitName,
  PollUnitStatus,
  UnitLease,
} from './poll-unit.ts';
import { toLeased, toStatus, toUnit, type UnitRow, unitColumns } from './poll-unit-row.ts';
import { StaleEpochError } from './stale-epoch-error.ts';
import { toStoredZones } from './stored-zones.ts';

export interface PollCompletion {
  readonly nextInMs: number;
  readonly intervalMs: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Resources in the listing. */
  readonly seen: number;
  readonly changes: number;
  readonly quietPolls: number;
  readonly heldRemovals: number;
  readonly heldTagLosses: number;
  /** Datacenters that the listing could not see. */
  readonly staleZones?: readonly string[];
  /** How often the cloud throttled the poll. */
  readonly throttles?: number;
}

export interface PollFailure {
  readonly nextInMs: number;
  readonly durationMs: number;
  readonly state: Exclude<PollState, 'ok' | 'partial'>;
  readonly errorCode: string;
  /** Never holds a secret. */
  readonly error: string;
  /** How often the cloud throttled the poll. */
  readonly throttles?: number;
}

export interface LeaseDueOptions {
  readonly owner: string;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only units of these clouds: a poller need not serve all. */
  readonly clouds: readonly string[];
}

/** Which units to wake: all that match. */
export interface WakeFilter {
  readonly accountId: string;
  readonly region?: string | undefined;
  readonly type?: ResourceType | undefined;
}

export interface PollUnitQuery {
  readonly accountIds: readonly string[];
  readonly cloud?: string | undefined;
  readonly state?: PollState | undefined;
  /** The last one of the page before. */
  readonly afterId?: number | undefined;
  readonly limit: number;
}

const unitsPerInsert = 200;

export function createPollUnitRepository(db: Knex) {
  return {
    /** Adds units that are not there yet; of the others only the types are brought up to date. */
    async ensure(units: readonly NewPollUnit[]): Promise<void> {
      for (const batch of inBatches(units, unitsPerInsert)) {
        await db('poll_units')
          .insert(batch.map((unit) => toNewRow(db, unit)))
          .onConflict(['account_id', 'region', 'poll_group'])
          .merge(['types']);
      }
    },

    /** Removes units. A poll of one that is under way can no longer write its results. */
    async remove(ids: readonly number[]): Promise<void> {
      if (ids.length > 0) await db('poll_units').whereIn('id', ids).delete();
    },

    async list(): Promise<PollUnitStatus[]> {
      const rows: UnitRow[] = await db('poll_units').orderBy('id').select(unitColumns);
      return rows.map(toStatus);
    },

    /** A page of the units of these accounts, by id. */
    async listFor({
      accountIds,
      cloud,
      state,
      afterId = 0,
      limit,
    }: PollUnitQuery): Promise<PollUnitStatus[]> {
      const units = db('poll_units').whereIn('account_id', accountIds).where('id', '>', afterId);
      if (cloud !== undefined) units.where({ cloud });
      if (state !== undefined) units.where({ state });
      const rows: UnitRow[] = await units.orderBy('id').limit(limit).select(unitColumns);
      return rows.map(toStatus);
    },

    async statusOf(ids: readonly number[]): Promise<PollUnitStatus[]> {
      const rows: UnitRow[] = await db('poll_units').whereIn('id', ids).orderBy('id').select(unitColumns);
      return rows.map(toStatus);
    },

    async find(name: PollUnitName): Promise<PollUnitStatus | null> {
      const row: UnitRow | undefined = await db('poll_units')
        .where({ account_id: name.accountId, region: name.region, poll_group: name.group })
        .first(unitColumns);
      return row === undefined ? null : toStatus(row);
    },

    /**
     * Takes due units that nobody works on, the longest due first, each with a new epoch. Call it in a transaction: two
     * callers at once get different units and do not wait for each other.
     */
    async leaseDue(options: LeaseDueOptions): Promise<LeasedUnit[]> {
      const rows: (UnitRow & { now: Date })[] = await db('poll_units')
        .where('next_at', '<=', db.fn.now(3))
        .whereIn('cloud', options.clouds)
        .where((free) => {
          void free.whereNull('leased_until').orWhere('leased_until', '<', db.fn.now(3));
        })
        .orderBy('next_at')
        .limit(options.limit)
        .forUpdate()
        .skipLocked()
        .select([...unitColumns, db.raw('now(3) as now')]);
      if (rows.length === 0) return [];
      await db('poll_units')
        .whereIn(
          'id',
          rows.map(({ id }) => id),
        )
        .update({
          owner: options.owner,
          epoch: db.raw('epoch + 1'),
          leased_until: inMs(db, options.leaseMs),
          last_started_at: db.fn.now(3),
        });
      return rows.map(toLeased);
    },

    /** Keeps the lease; false when it is lost. */
    async extend({ id, epoch }: UnitLease, leaseMs: number): Promise<boolean> {
      const kept = await db('poll_units')
        .where({ id, epoch })
        .update({ leased_until: inMs(db, leaseMs) });
      return kept === 1;
    },

    /**
     * Checks that the lease is still held and keeps anybody from taking it until the transaction ends. Results of a
     * poll are written after this only. Throws StaleEpochError.
     */
    async hold({ id, epoch }: UnitLease): Promise<PollUnit & { nowMs: number }> {
      const row: (UnitRow & { now: Date }) | undefined = await db('poll_units')
        .where({ id, epoch })
        .forUpdate()
        .first([...unitColumns, db.raw('now(3) as now')]);
      if (row === undefined) throw new StaleEpochError({ id, epoch });
      return { ...toUnit(row), nowMs: row.now.getTime() };
    },

    /**
     * Notes a listing that came to its end and gives the lease back. Call it after hold(). A unit that was woken while
     * it was polled is due again at once: what it was woken for may have come after the look.
     */
    async complete({ id, epoch }: UnitLease, result: PollCompletion): Promise<void> {
      const { staleZones = [] } = result;
      const startedAt = new Date(result.startedAtMs);
      await db('poll_units')
        .where({ id, epoch })
        .update({
          ...released(db, result.nextInMs),
          next_at: db.raw('if(woken_at >= ?, now(3), now(3) + interval ? microsecond)', [
            startedAt,
            microseconds(result.nextInMs),
          ]),
          state: staleZones.length > 0 ? 'partial' : 'ok',
          interval_ms: result.intervalMs,
          quiet_polls: result.quietPolls,
          held_removals: result.heldRemovals,
          held_tag_losses: result.heldTagLosses,
          listed_at: startedAt,
          ...(staleZones.length > 0 ? {} : { fully_listed_at: startedAt }),
          attempted_at: startedAt,
          stale_zones: toStoredZones(staleZones),
          last_completed_at: db.fn.now(3),
          last_duration_ms: result.durationMs,
          last_seen: result.seen,
          last_changes: result.changes,
          throttles: db.raw('throttles + ?', [result.throttles ?? 0]),
          consecutive_failures: 0,
          last_error_code: null,
          last_error: null,
        });
    },

    /** Notes a listing that failed or ended early, and gives the lease back. Call it after hold(). */
    async fail({ id, epoch }: UnitLease, result: PollFailure): Promise<void> {
      await db('poll_units')
        .where({ id, epoch })
        .update({
          ...released(db, result.nextInMs),
          state: result.state,
          quiet_polls: 0,
          attempted_at: db.ref('last_started_at'),
          last_duration_ms: result.durationMs,
          throttles: db.raw('throttles + ?', [result.throttles ?? 0]),
          consecutive_failures: db.raw('consecutive_failures + 1'),
          last_error_code: result.errorCode,
          last_error: result.error.slice(0, 500),
        });
    },

    /**
     * Notes whether it was told that what the unit feeds grows old. True for the one call that changed it: who makes it
     * writes the event, in the same transaction. Call it after hold().
     */
    async setStaleTold({ id, epoch }: UnitLease, told: boolean): Promise<boolean> {
      const changed = await db('poll_units')
        .where({ id, epoch, stale_told: told ? 0 : 1 })
        .update({ stale_told: told ? 1 : 0 });
      return changed === 1;
    },

    /** Gives the lease back as if the poll had not begun, for one that is stopped on purpose. */
    async release({ id, epoch }: UnitLease): Promise<void> {
      await db('poll_units').where({ id, epoch }).update(released(db, 0));
    },

    /**
     * Asks for an early look; the unit then stays on its fast clock for a while. One that is being polled now is polled
     * again after that. Returns which units, and the time from which on a poll that begins is a new one.
     */
    async wake(filter: WakeFilter, inMilliseconds = 0): Promise<{ ids: number[]; nowMs: number }> {
      const [[{ now }]] = (await db.raw('select now(3) as now')) as [[{ now: Date }]];
      const ids: number[] = await unitsOf(db, filter).pluck('id');
      if (ids.length > 0) {
        await db('poll_units')
          .whereIn('id', ids)
          .update({
            woken_at: db.fn.now(3),
            next_at: db.raw('least(next_at, now(3) + interval ? microsecond)', [
              microseconds(inMilliseconds),
            ]),
          });
      }
      return { ids, nowMs: now.getTime() };
    },
  };
}

function unitsOf(db: Knex, { accountId, region, type }: WakeFilter): Knex.QueryBuilder {
  const units = db('poll_units').where({ account_id: accountId });
  if (region !== undefined) units.where({ region });
  if (type !== undefined) units.whereRaw('find_in_set(?, types)', [type]);
  return units;
}

function toNewRow(db: Knex, unit: NewPollUnit) {
  return {
    cloud: unit.cloud,
    account_id: unit.accountId,
    region: unit.region,
    poll_group: unit.group,
    types: unit.types.join(','),
    interval_ms: unit.intervalMs,
    next_at: inMs(db, unit.firstInMs),
  };
}

function released(db: Knex, nextInMs: number) {
  return { owner: null, leased_until: null, next_at: inMs(db, nextInMs) };
}

function inMs(db: Knex, milliseconds: number): Knex.Raw {
  return db.raw('now(3) + interval ? microsecond', [microseconds(milliseconds)]);
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}
