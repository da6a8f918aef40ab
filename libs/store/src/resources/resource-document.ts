// What a client reads: the body from the cloud and the gateway's record of it, in one object.
import { type ResourceBody, type ResourceRecord, resourceTypes } from '@cloud-gateway/contracts';

export type ResourceDocument = ResourceRecord & ResourceBody;

export interface DocumentRow {
  readonly id: string;
  readonly cloud: string;
  readonly account_id: string;
  readonly region: string;
  readonly body: ResourceBody;
  readonly revision: number;
  readonly sequence: number;
  readonly first_seen_at: Date;
  readonly updated_at: Date;
  readonly observed_at: Date;
  readonly deleted_at: Date | null;
  /** Start of the last complete listing that covers the row; null when there was none. */
  readonly listed_at: Date | null;
  readonly consecutive_failures: number | null;
}

/** `account` is the one that was asked for: a published resource is shown under it, though it is kept under none. */
export function toDocument(row: DocumentRow, account: string): ResourceDocument {
  const { collection } = resourceTypes[row.body.type];
  return {
    id: row.id,
    href: `/v1/clouds/${row.cloud}/accounts/${account}/${collection}/${row.id}`,
    cloud: row.cloud,
    account: row.account_id === account ? account : null,
    region: row.region,
    revision: row.revision,
    sequence: row.sequence,
    firstSeenAt: row.first_seen_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    observedAt: lastSeen(row).toISOString(),
    stale: (row.consecutive_failures ?? 0) > 0,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    ...row.body,
  };
}

// A listing that saw no change writes no row, so the row alone does not tell when it was last seen.
function lastSeen({ observed_at, listed_at, deleted_at }: DocumentRow): Date {
  if (deleted_at !== null || listed_at === null) return observed_at;
  return listed_at > observed_at ? listed_at : observed_at;
}
