// The history of resources. Rows are only ever appended: a revision is valid until the next one begins.
import type { Cause, ChangeKind, ResourceBody } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { ResourceChange } from './diff-resources.ts';

export interface Revision {
  readonly revision: number;
  readonly change: ChangeKind;
  readonly state: string;
  readonly changedFields: string[];
  readonly validFrom: string;
  /** Null for the present revision. */
  readonly validTo: string | null;
  readonly cause: Cause;
  readonly body: ResourceBody;
}

interface RevisionRow {
  readonly revision: number;
  readonly change: ChangeKind;
  readonly state: string;
  readonly changed_fields: string[];
  readonly valid_from: Date;
  readonly cause_kind: Cause['kind'];
  readonly cause_id: string;
  readonly body: ResourceBody;
}

const rowsPerInsert = 100;

export function createRevisionRepository(db: Knex) {
  return {
    async append(changes: readonly ResourceChange[], cause: Cause): Promise<void> {
      for (const batch of inBatches(changes, rowsPerInsert)) {
        await db('revisions').insert(batch.map((change) => toRow(change, cause)));
      }
    },

    /** A page of the history of one resource, newest first. `beforeRevision` is the last one of the page before. */
    async list(page: {
      readonly resourceId: string;
      readonly limit: number;
      readonly beforeRevision?: number | undefined;
    }): Promise<Revision[]> {
      // The revision before the page is read too: where it begins, the first one of the page ends.
      const rows: RevisionRow[] = await db('revisions')
        .where({ resource_id: page.resourceId })
        .where((older) => {
          if (page.beforeRevision !== undefined) older.where('revision', '<=', page.beforeRevision);
        })
        .orderBy('revision', 'desc')
        .limit(page.limit + (page.beforeRevision === undefined ? 0 : 1))
        .select(columns);
      const revisions = rows.map((row, index) => toRevision(row, rows[index - 1]));
      return page.beforeRevision === undefined ? revisions : revisions.slice(1);
    },

    /** What was valid at that time; null when the resource was not known yet. */
    async at(resourceId: string, at: Date): Promise<Revision | null> {
      const rows: RevisionRow[] = await db('revisions')
        .where({ resource_id: resourceId })
        .where('valid_from', '<=', at)
        .orderBy('revision', 'desc')
        .limit(1)
        .select(columns);
      const [row] = rows;
      if (row === undefined) return null;
      const next: RevisionRow | undefined = await db('revisions')
        .where({ resource_id: resourceId, revision: row.revision + 1 })
        .first(columns);
      return toRevision(row, next);
    },
  };
}

const columns = [
  'revision',
  'change',
  'state',
  'changed_fields',
  'valid_from',
  'cause_kind',
  'cause_id',
  'body',
];

function toRow(change: ResourceChange, cause: Cause) {
  return {
    resource_id: change.id,
    revision: change.revision,
    valid_from: new Date(change.atMs),
    change: change.kind,
    state: change.body.state,
    changed_fields: JSON.stringify(change.changedFields),
    body: JSON.stringify(change.body),
    cause_kind: cause.kind,
    cause_id: cause.id.slice(0, 255),
  };
}

function toRevision(row: RevisionRow, next: RevisionRow | undefined): Revision {
  return {
    revision: row.revision,
    change: row.change,
    state: row.state,
    changedFields: row.changed_fields,
    validFrom: row.valid_from.toISOString(),
    validTo: next?.valid_from.toISOString() ?? null,
    cause: { kind: row.cause_kind, id: row.cause_id },
    body: row.body,
  };
}
