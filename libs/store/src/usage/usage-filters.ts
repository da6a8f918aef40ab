// Which calls are meant, for the calls and for the sums of hours alike: their columns have the same names.
import type { Knex } from 'knex';

/** Every given field has to be equal. `''` as service, region or action: those of which it was not known. */
export interface UsageFilters {
  readonly environmentId?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly accessRequestId?: string | undefined;
  /** The client that requested the access. */
  readonly userId?: string | undefined;
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  readonly action?: string | undefined;
}

export function filterUsage(rows: Knex.QueryBuilder, filters: UsageFilters): void {
  for (const [field, column] of Object.entries(columns)) {
    const value = filters[field as keyof UsageFilters];
    if (value === '') rows.where((row) => void row.whereNull(column).orWhere(column, ''));
    else if (value !== undefined) rows.where(column, value);
  }
}

const columns: Readonly<Record<keyof UsageFilters, string>> = {
  environmentId: 'environment_id',
  accessKeyId: 'access_key_id',
  accessRequestId: 'access_request_id',
  userId: 'user_id',
  service: 'service',
  region: 'region',
  action: 'action',
};
