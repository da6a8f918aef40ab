// What a client reads: the body from the cloud and the gateway's record of it, in one object.
import {
  type ResourceBody,
  type ResourceRecord,
  type ResourceType,
  resourceTypes,
} from '@cloud-gateway/contracts';
import { type Freshness, freshnessOfRow } from './freshness.ts';
import { publishedAccountId } from './resource-id.ts';

export type ResourceDocument = ResourceRecord & ResourceBody;

export interface DocumentRow {
  readonly id: string;
  readonly cloud: string;
  readonly account_id: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly observer: string | null;
  readonly body: ResourceBody;
  readonly revision: number;
  readonly sequence: number;
  readonly first_seen_at: Date;
  readonly updated_at: Date;
  readonly observed_at: Date;
  readonly deleted_at: Date | null;
}

/** Of `resources as r`. */
export const documentColumns = [
  'r.id',
  'r.cloud',
  'r.account_id',
  'r.region',
  'r.type',
  'r.observer',
  'r.body',
  'r.revision',
  'r.sequence',
  'r.first_seen_at',
  'r.updated_at',
  'r.observed_at',
  'r.deleted_at',
];

/**
 * `account` is the one that was asked for: a published resource is shown under it, though it is kept under none.
 * `unit` feeds the row; null when none does.
 */
export function toDocument(row: DocumentRow, account: string, unit: Freshness | null): ResourceDocument {
  const { collection } = resourceTypes[row.body.type];
  const { observedAt, stale } = freshnessOfRow(row.deleted_at === null ? unit : null, {
    observedAt: row.observed_at,
    zone: row.body['datacenter'],
  });
  return {
    id: row.id,
    href: `/v1/clouds/${row.cloud}/accounts/${account}/${collection}/${row.id}`,
    cloud: row.cloud,
    account: row.account_id === publishedAccountId(row.cloud) ? null : row.account_id,
    region: row.region,
    revision: row.revision,
    sequence: row.sequence,
    firstSeenAt: row.first_seen_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    observedAt: observedAt.toISOString(),
    stale,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    ...row.body,
  };
}
