// A row of `poll_units` as it is read, and what callers get of it.
import type { PollState, ResourceType } from '@cloud-gateway/contracts';
import type { LeasedUnit, PollUnit, PollUnitStatus } from './poll-unit.ts';
import { toZones } from './stored-zones.ts';

export const unitColumns = [
  'id',
  'cloud',
  'account_id',
  'region',
  'poll_group',
  'types',
  'state',
  'interval_ms',
  'quiet_polls',
  'consecutive_failures',
  'held_removals',
  'held_tag_losses',
  'woken_at',
  'stale_zones',
  'stale_told',
  'epoch',
  'owner',
  'next_at',
  'last_started_at',
  'last_completed_at',
  'listed_at',
  'fully_listed_at',
  'attempted_at',
  'last_duration_ms',
  'last_seen',
  'last_changes',
  'throttles',
  'last_error_code',
  'last_error',
] as const;

export interface UnitRow {
  readonly id: number;
  readonly cloud: string;
  readonly account_id: string;
  readonly region: string;
  readonly poll_group: string;
  readonly types: string;
  readonly state: PollState;
  readonly interval_ms: number;
  readonly quiet_polls: number;
  readonly consecutive_failures: number;
  readonly held_removals: number;
  readonly held_tag_losses: number;
  readonly woken_at: Date | null;
  readonly stale_zones: string;
  readonly stale_told: number;
  readonly epoch: number;
  readonly owner: string | null;
  readonly next_at: Date;
  readonly last_started_at: Date | null;
  readonly last_completed_at: Date | null;
  readonly listed_at: Date | null;
  readonly fully_listed_at: Date | null;
  readonly attempted_at: Date | null;
  readonly last_duration_ms: number | null;
  readonly last_seen: number | null;
  readonly last_changes: number | null;
  readonly throttles: number;
  readonly last_error_code: string | null;
  readonly last_error: string | null;
}

export function toUnit(row: UnitRow): PollUnit {
  return {
    id: row.id,
    cloud: row.cloud,
    accountId: row.account_id,
    region: row.region,
    group: row.poll_group,
    // Written by ensure() from the same union.
    types: row.types.split(',') as ResourceType[],
    state: row.state,
    intervalMs: row.interval_ms,
    quietPolls: row.quiet_polls,
    consecutiveFailures: row.consecutive_failures,
    heldRemovals: row.held_removals,
    heldTagLosses: row.held_tag_losses,
    wokenAtMs: row.woken_at?.getTime() ?? null,
    staleZones: toZones(row.stale_zones),
    staleTold: row.stale_told === 1,
  };
}

export function toLeased(row: UnitRow & { now: Date }): LeasedUnit {
  return {
    ...toUnit(row),
    epoch: row.epoch + 1,
    startedAtMs: row.now.getTime(),
    lagMs: Math.max(0, row.now.getTime() - row.next_at.getTime()),
  };
}

export function toStatus(row: UnitRow): PollUnitStatus {
  return {
    ...toUnit(row),
    epoch: row.epoch,
    owner: row.owner,
    nextAt: row.next_at,
    lastStartedAt: row.last_started_at,
    lastCompletedAt: row.last_completed_at,
    listedAt: row.listed_at,
    fullyListedAt: row.fully_listed_at,
    attemptedAt: row.attempted_at,
    lastDurationMs: row.last_duration_ms,
    lastSeen: row.last_seen,
    lastChanges: row.last_changes,
    throttles: row.throttles,
    lastErrorCode: row.last_error_code,
    lastError: row.last_error,
  };
}
