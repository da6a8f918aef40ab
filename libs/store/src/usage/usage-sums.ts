// Sums of the hours, by any of the dimensions.
import type { UsageDimension } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { filterUsage, type UsageFilters } from './usage-filters.ts';

export interface UsageSumQuery {
  readonly organizationId: string;
  /** Inclusive; widened to the beginning of its hour. */
  readonly from: Date;
  /** Exclusive; widened to the end of its hour. */
  readonly to: Date;
  readonly filters: UsageFilters;
  /** None: one sum of all, or no row when there is no call. */
  readonly by: readonly UsageDimension[];
  readonly limit: number;
}

export interface UsageSum {
  /** The value of each dimension asked for; '' where it was not known. */
  readonly by: { readonly [dimension in Exclude<UsageDimension, 'hour'>]?: string } & {
    readonly hour?: Date;
  };
  readonly calls: number;
  /** By the gateway. */
  readonly refused: number;
  /** Answered 4xx or 5xx by the cloud, or not at all. */
  readonly failed: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly durationMs: number;
}

/** Most calls first; by hour: in the order of time. */
export async function sumUsage(db: Knex, query: UsageSumQuery): Promise<UsageSum[]> {
  const { organizationId, from, to, filters, limit } = query;
  const by = [...new Set(query.by)];
  const rows = db('usage_hours')
    .where({ organization_id: organizationId })
    .where('hour', '>=', wholeHour(Math.floor, from))
    .where('hour', '<', wholeHour(Math.ceil, to))
    .sum(sums)
    .limit(limit);
  filterUsage(rows, filters);
  for (const dimension of by) rows.select({ [dimension]: columns[dimension] }).groupBy(columns[dimension]);
  if (by.includes('hour')) rows.orderBy('hour');
  rows.orderBy('calls', 'desc');
  for (const dimension of by) rows.orderBy(columns[dimension]);
  const found = (await rows) as unknown as readonly SumRow[]; // Knex cannot know what was selected
  return found.filter(({ calls }) => calls !== null).map((row) => toSum(row, by));
}

const columns: Readonly<Record<UsageDimension, string>> = {
  accessKeyId: 'access_key_id',
  accessRequest: 'access_request_id',
  user: 'user_id',
  environment: 'environment_id',
  service: 'service',
  region: 'region',
  action: 'action',
  hour: 'hour',
};

const sums = {
  calls: 'calls',
  refused: 'refused',
  failed: 'failed',
  bytesIn: 'bytes_in',
  bytesOut: 'bytes_out',
  durationMs: 'duration_ms',
};

/** Without dimensions SQL answers one row even where there is nothing: of nulls. */
type SumRow = Readonly<
  Record<Exclude<UsageDimension, 'hour'>, string> & { hour: Date } & Record<keyof typeof sums, number>
>;

function toSum(row: SumRow, by: readonly UsageDimension[]): UsageSum {
  const { calls, refused, failed, bytesIn, bytesOut, durationMs } = row;
  return {
    by: Object.fromEntries(by.map((dimension) => [dimension, row[dimension]])),
    calls,
    refused,
    failed,
    bytesIn,
    bytesOut,
    durationMs: Math.round(durationMs),
  };
}

function wholeHour(round: (hours: number) => number, at: Date): Date {
  return new Date(round(at.getTime() / hourMs) * hourMs);
}

const hourMs = 3_600_000;
