// The one way in which resources change, for the poller (what a listing shows) and for the API handler (what the cloud
// answered to a request) alike: row, revision, sequence and event, all in the caller's transaction or not at all.
import { type Cause, type ChangeKind, changeKinds, type ResourceBody } from '@cloud-gateway/contracts';
import { resourceEntry } from '../events/resource-entry.ts';
import type { Repositories } from '../repositories.ts';
import { type Absence, type Diff, diffResources, type KnownResource, type Look } from './diff-resources.ts';
import { publishedAccountId, type ResourceScope, resourceIdOf } from './resource-id.ts';
import { toResourceRow } from './resource-row.ts';

export interface Observation {
  readonly scope: ResourceScope;
  /** Who looked: a run of the poller, or a request. */
  readonly cause: Cause;
  /** When the listing began, by the database's clock. Null for a request: its answer counts from now. */
  readonly startedAtMs: number | null;
  readonly observed: readonly ResourceBody[];
  /**
   * What is no longer there. Only a complete listing or a request may know. Of what is merely `absent`, a listing
   * removes only rows that an earlier one lacked too; others it marks as missed.
   */
  readonly absent?: readonly Absence[];
  /** In the account of what is published: the account whose look it is. Default: the cloud's own list. */
  readonly observer?: string;
  /** How long after a request of ours a listing may neither remove nor bring back what it touched. Default: 60 s. */
  readonly graceMs?: number;
}

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

type Tables = Pick<Repositories, 'resources' | 'revisions' | 'sequences' | 'outbox'>;

/** Returns how many changes of each kind were written. Observations without a change write no event. */
export async function applyChanges(tx: Tables, observation: Observation): Promise<ChangeCounts> {
  const { scope, cause, observed, absent = [], startedAtMs, graceMs = 60_000 } = observation;
  const { sequence, nowMs } = await tx.sequences.lock(scope.account);
  const known = await tx.resources.known([
    ...observed.map((body) => resourceIdOf(scope, body)),
    ...absent.map(({ id }) => id),
  ]);
  const look: Look = {
    scope,
    kind: cause.kind,
    atMs: startedAtMs ?? nowMs,
    graceMs,
    observer: observerOf(observation),
  };
  const diff = diffResources(look, { known, observed, absent });
  await noteSightings(tx, look, diff);
  await writeChanges(tx, { look, cause, known, diff, sequence });
  return count(diff);
}

function observerOf({ scope, observer }: Observation): string | null {
  const published = publishedAccountId(scope.cloud);
  return scope.account === published ? (observer ?? published) : null;
}

async function noteSightings({ resources }: Tables, look: Look, diff: Diff): Promise<void> {
  const at = new Date(look.atMs);
  await resources.touch(diff.seenUnchanged, at);
  await resources.setMissed(diff.seenAgain, null);
  await resources.setMissed(diff.missed, at);
}

async function writeChanges(
  tx: Tables,
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
  if (diff.changes.length === 0) return;
  const numbered = diff.changes.map((change, index) => ({ change, sequence: plan.sequence + index + 1 }));
  await tx.resources.put(
    numbered.map(({ change, sequence }) => {
      const requestedAtMs =
        look.kind === 'request' ? look.atMs : (known.get(change.id)?.requestedAtMs ?? null);
      return toResourceRow(change, { scope, sequence, requestedAtMs });
    }),
  );
  await tx.resources.putTags(scope.account, diff.changes);
  await tx.revisions.append(numbered, cause);
  await tx.outbox.append(
    numbered.map(({ change, sequence }) => resourceEntry(change, { scope, sequence, cause })),
  );
  await tx.sequences.set(scope.account, plan.sequence + diff.changes.length);
}

function count({ changes }: Diff): ChangeCounts {
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
