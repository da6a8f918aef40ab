// The one way in which resources change, for the poller (what a listing shows) and for the API handler (what the cloud
// answered to a request) alike: row, revision, sequence and event, all in the caller's transaction or not at all.
import type { Cause, ChangeKind, ResourceBody } from '@cloud-gateway/contracts';
import { resourceEntry } from '../events/resource-entry.ts';
import type { Repositories } from '../repositories.ts';
import { type Diff, diffResources, type KnownResource, type Look } from './diff-resources.ts';
import { type ResourceScope, resourceIdOf } from './resource-id.ts';
import { toResourceRow } from './resource-row.ts';

export interface Observation {
  readonly scope: ResourceScope;
  /** Who looked: a run of the poller, or a request. */
  readonly cause: Cause;
  /** When the listing began, by the database's clock. Null for a request: its answer counts from now. */
  readonly startedAtMs: number | null;
  readonly observed: readonly ResourceBody[];
  /** Ids of resources that are no longer there. Only a complete listing or a destroying request may know. */
  readonly absentIds?: readonly string[];
  /** How long after a request of ours a listing may neither remove nor bring back what it touched. Default: 60 s. */
  readonly graceMs?: number;
}

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

/** Returns how many changes of each kind were written. Observations without a change write no event. */
export async function applyChanges(
  tx: Pick<Repositories, 'resources' | 'revisions' | 'sequences' | 'outbox'>,
  observation: Observation,
): Promise<ChangeCounts> {
  const { scope, cause, observed, absentIds = [], startedAtMs, graceMs = 60_000 } = observation;
  const { sequence, nowMs } = await tx.sequences.lock(scope.account);
  const known = await tx.resources.known([
    ...observed.map((body) => resourceIdOf(scope, body)),
    ...absentIds,
  ]);
  const look: Look = { scope, kind: cause.kind, atMs: startedAtMs ?? nowMs, graceMs };
  const diff = diffResources(look, { known, observed, absentIds });
  await write(tx, { look, cause, known, diff, sequence });
  return count(diff);
}

async function write(
  tx: Pick<Repositories, 'resources' | 'revisions' | 'sequences' | 'outbox'>,
  plan: {
    readonly look: Look;
    readonly cause: Cause;
    readonly known: ReadonlyMap<string, KnownResource>;
    readonly diff: Diff;
    readonly sequence: number;
  },
): Promise<void> {
  const { look, cause, known, diff } = plan;
  const { scope } = look;
  if (diff.seenUnchanged.length > 0) await tx.resources.touch(diff.seenUnchanged, new Date(look.atMs));
  if (diff.changes.length === 0) return;
  const numbered = diff.changes.map((change, index) => ({ change, sequence: plan.sequence + index + 1 }));
  await tx.resources.put(
    numbered.map(({ change, sequence }) => {
      const requestedAtMs =
        look.kind === 'request' ? look.atMs : (known.get(change.id)?.requestedAtMs ?? null);
      return toResourceRow(change, { scope, sequence, requestedAtMs });
    }),
  );
  await tx.revisions.append(diff.changes, cause);
  await tx.outbox.append(
    numbered.map(({ change, sequence }) => resourceEntry(change, { scope, sequence, cause })),
  );
  await tx.sequences.set(scope.account, plan.sequence + diff.changes.length);
}

function count({ changes }: Diff): ChangeCounts {
  const counts = { discovered: 0, updated: 0, state: 0, deleted: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
