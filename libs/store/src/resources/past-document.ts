// A row of `resources as r` with the revision of it, `revisions as v`, that was valid at some time.
import type { ChangeKind, ResourceBody } from '@cloud-gateway/contracts';
import type { DocumentRow } from './resource-document.ts';

export interface PastRow {
  readonly past_revision: number;
  /** Null in rows that are older than the column. */
  readonly past_sequence: number | null;
  readonly past_change: ChangeKind;
  readonly past_body: ResourceBody;
  readonly valid_from: Date;
}

export const pastColumns = [
  'v.revision as past_revision',
  'v.sequence as past_sequence',
  'v.change as past_change',
  'v.body as past_body',
  'v.valid_from',
];

/** Changes after which the resource is not there. */
export const removalKinds = ['deleted', 'published', 'unshared'] as const satisfies ChangeKind[];

/** The row as it was then; `deleted_at` is set when the resource was gone. */
export function toPast(row: DocumentRow & PastRow): DocumentRow {
  return {
    ...row,
    body: row.past_body,
    revision: row.past_revision,
    sequence: row.past_sequence ?? row.sequence,
    updated_at: row.valid_from,
    observed_at: row.valid_from,
    deleted_at: isRemoval(row.past_change) ? row.valid_from : null,
  };
}

function isRemoval(change: ChangeKind): boolean {
  return (removalKinds as readonly ChangeKind[]).includes(change);
}
