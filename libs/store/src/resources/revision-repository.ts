// The history of resources. Rows are only ever appended, and purged: a revision is valid until the next one begins.
import type { Cause, ChangeKind, FieldChange, ResourceBody } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { inBatches } from '../in-batches.ts';
import type { ResourceChange } from './diff-resources.ts';
import { fieldChanges } from './field-changes.ts';

export interface Revision {
  readonly revision: number;
  readonly change: ChangeKind;
  readonly state: string;
  readonly changedFields: string[];
  readonly validFrom: string;
  /** Null for the present revision. */
  readonly validTo: string | null;
  readonly cause: Cause;
  /** What differs from the revision before; null where that one is purged or there is none. */
  readonly diff: FieldChange[] | null;
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
    async append(changes: readonly NumberedChange[], cause: Cause): Promise<void> {
      for (const batch of inBatches(changes, rowsPerInsert)) {
        await db('revisions').insert(batch.map((numbered) => toRow(numbered, cause)));
      }
    },

    /** A page of the history of one resource, newest first. `beforeRevision` is the last one of the page before. */
    async list(page: {
      readonly resourceId: string;
      readonly limit: number;
      readonly beforeRevision?: number | undefined;
    }): Promise<Revision[]> {
      // The revisions on both sides of the page are read too: where the later one begins, the first of the page ends; the
      // last of the page is compared with the earlier one.
      const isLaterPage = page.beforeRevision !== undefined;
      const rows: RevisionRow[] = await db('revisions')
        .where({ resource_id: page.resourceId })
        .where((older) => {
          if (page.beforeRevision !== undefined) older.where('revision', '<=', page.beforeRevision);
        })
        .orderBy('revision', 'desc')
        .limit(page.limit + (isLaterPage ? 2 : 1))
        .select(columns);
      const first = isLaterPage ? 1 : 0;
      return rows
        .slice(first, first + page.limit)
        .map((row, index) =>
          toRevision(row, { next: rows[first + index - 1], before: rows[first + index + 1] }),
        );
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
      const neighbours: RevisionRow[] = await db('revisions')
        .where({ resource_id: resourceId })
        .whereIn('revision', [row.revision - 1, row.revision + 1])
        .select(columns);
      return toRevision(row, {
        next: neighbours.find(({ revision }) => revision > row.revision),
        before: neighbours.find(({ revision }) => revision < row.revision),
      });
    },

    /**
     * Deletes revisions that ended longer ago, of `limit` later ones at the most; returns of how many. What is valid
     * now is kept, however old it is.
     */
    async purge({ olderThanMs, limit }: { olderThanMs: number; limit: number }): Promise<number> {
      const later: { resource_id: string; revision: number }[] = await db('revisions')
        .where({ has_older: 1 })
        .where('valid_from', '<', db.raw('now(3) - interval ? microsecond', [olderThanMs * 1000]))
        .orderBy('valid_from')
        .limit(limit)
        .select('resource_id', 'revision');
      for (const { resource_id: id, revision } of later) {
        await db('revisions').where({ resource_id: id }).where('revision', '<', revision).delete();
        await db('revisions').where({ resource_id: id, revision }).update({ has_older: 0 });
      }
      return later.length;
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

export interface NumberedChange {
  readonly change: ResourceChange;
  readonly sequence: number;
}

function toRow({ change, sequence }: NumberedChange, cause: Cause) {
  return {
    resource_id: change.id,
    revision: change.revision,
    sequence,
    has_older: change.revision > 1 ? 1 : 0,
    valid_from: new Date(change.atMs),
    change: change.kind,
    state: change.body.state,
    changed_fields: JSON.stringify(change.changedFields),
    body: JSON.stringify(change.body),
    cause_kind: cause.kind,
    cause_id: cause.id.slice(0, 255),
  };
}

function toRevision(
  row: RevisionRow,
  { next, before }: { next: RevisionRow | undefined; before: RevisionRow | undefined },
): Revision {
  return {
    revision: row.revision,
    change: row.change,
    state: row.state,
    changedFields: row.changed_fields,
    validFrom: row.valid_from.toISOString(),
    validTo: next?.valid_from.toISOString() ?? null,
    cause: { kind: row.cause_kind, id: row.cause_id },
    diff: before === undefined ? null : fieldChanges(before.body, row.body),
    body: row.body,
  };
}
