// How fresh the rows of a listing are: what the unit of polling that feeds them tells.
import type { ResourceType } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { toZones } from '../polling/stored-zones.ts';

export interface Freshness {
  /** Start of the last listing that came to its end; null when none did. */
  readonly listedAt: Date | null;
  /** Of the last one that saw every datacenter. */
  readonly fullyListedAt: Date | null;
  readonly failures: number;
  /** Datacenters that the last listing could not see. */
  readonly staleZones: readonly string[];
}

export interface FreshnessRow {
  readonly listed_at: Date | null;
  readonly fully_listed_at: Date | null;
  /** Null where there is no unit. */
  readonly consecutive_failures: number | null;
  readonly stale_zones: string | null;
}

/** Of `poll_units as u`. */
export const freshnessColumns = [
  'u.listed_at',
  'u.fully_listed_at',
  'u.consecutive_failures',
  'u.stale_zones',
];

export function toFreshness(row: FreshnessRow): Freshness | null {
  if (row.consecutive_failures === null) return null;
  return {
    listedAt: row.listed_at,
    fullyListedAt: row.fully_listed_at,
    failures: row.consecutive_failures,
    staleZones: toZones(row.stale_zones ?? ''),
  };
}

/** The units of some accounts. */
export interface Units {
  /** The one that feeds a row; null when none does. */
  ofRow(row: Fed): Freshness | null;
  ofAccounts(accounts: readonly string[]): Freshness[];
}

interface Fed {
  readonly account_id: string;
  readonly observer: string | null;
  readonly region: string;
  readonly type: ResourceType;
}

/**
 * In a statement of its own: joined to a list, this small table makes the servers read the whole list first and sort
 * it, instead of a page in the order of its index.
 */
export async function readUnits(
  db: Knex,
  query: {
    readonly accounts: readonly string[];
    readonly type?: ResourceType | undefined;
    readonly region?: string | undefined;
  },
): Promise<Units> {
  const units = db('poll_units as u').whereIn('u.account_id', query.accounts);
  if (query.type !== undefined) units.whereRaw('find_in_set(?, u.types)', [query.type]);
  if (query.region !== undefined) units.where('u.region', query.region);
  const rows: UnitRow[] = await units.select(['u.account_id', 'u.region', 'u.types', ...freshnessColumns]);
  const byPlace = new Map<string, Freshness | null>();
  for (const row of rows) {
    for (const type of row.types.split(','))
      byPlace.set(placeKey(row.account_id, row.region, type), toFreshness(row));
  }
  return {
    ofRow: ({ account_id: account, observer, region, type }) =>
      byPlace.get(placeKey(observer ?? account, region, type)) ?? null,
    ofAccounts: (accounts) =>
      rows.filter((row) => accounts.includes(row.account_id)).flatMap((row) => toFreshness(row) ?? []),
  };
}

type UnitRow = FreshnessRow & {
  readonly account_id: string;
  readonly region: string;
  readonly types: string;
};

function placeKey(account: string, region: string, type: string): string {
  return `${account} ${region} ${type}`;
}

/** Of a whole list: as old as the oldest of what feeds it. */
export function freshnessOfList(units: readonly Freshness[]): { observedAt: string | null; stale: boolean } {
  const times = units.map(({ fullyListedAt }) => fullyListedAt?.getTime() ?? Number.NaN);
  const oldestMs = Math.min(...times);
  const wasListed = Number.isFinite(oldestMs);
  return {
    observedAt: wasListed ? new Date(oldestMs).toISOString() : null,
    stale: !wasListed || units.some(({ failures, staleZones }) => failures > 0 || staleZones.length > 0),
  };
}

/** Of one row: when it was last seen, and whether looking again fails. `zone` is its datacenter. */
export function freshnessOfRow(
  unit: Freshness | null,
  { observedAt, zone }: { readonly observedAt: Date; readonly zone: unknown },
): { observedAt: Date; stale: boolean } {
  if (unit === null) return { observedAt, stale: false };
  const isUnseen = typeof zone === 'string' && unit.staleZones.includes(zone);
  const listedAt = isUnseen ? unit.fullyListedAt : unit.listedAt;
  return {
    // A listing that saw no change writes no row, so the row alone does not tell when it was last seen.
    observedAt: listedAt !== null && listedAt > observedAt ? listedAt : observedAt,
    stale: isUnseen || unit.failures > 0,
  };
}
