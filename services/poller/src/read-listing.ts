// Reads the whole listing of a unit and writes what differs, page by page: additions and updates are true whatever the
// next page brings. What is absent is only told at the end, and only a listing that came to its end gets there.
import type { Cloud, CloudSession } from '@cloud-gateway/clouds';
import type { Cause, ResourceBody } from '@cloud-gateway/contracts';
import {
  applyChanges,
  bodyHash,
  type ChangeCounts,
  type LeasedUnit,
  mayRemove,
  resourceIdOf,
  type Store,
} from '@cloud-gateway/store';
import { addCounts, noChanges } from './change-counts.ts';

export interface ReadListingDeps {
  readonly store: Store;
  readonly cloud: Cloud;
  readonly session: CloudSession;
  readonly cause: Cause;
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

export interface ReadListing {
  readonly counts: ChangeCounts;
  readonly seenCount: number;
  readonly knownCount: number;
  readonly inTransition: boolean;
  /** Rows that the complete listing no longer has, and that may be removed as far as the row itself tells. */
  readonly absentIds: readonly string[];
}

/** Throws what the cloud or the store threw; StaleEpochError when the unit is another poller's by now. */
export async function readListing(deps: ReadListingDeps, unit: LeasedUnit): Promise<ReadListing> {
  const { store, cloud, session, signal } = deps;
  const scope = { cloud: unit.cloud, account: unit.accountId, region: unit.region };
  const known = await store.read.resources.fingerprints({ ...scope, types: unit.types });
  const seen = new Set<string>();
  let counts = noChanges;
  let inTransition = false;
  for await (const page of session.list(unit.group, signal)) {
    signal.throwIfAborted();
    const differing: ResourceBody[] = [];
    for (const body of page) {
      const id = resourceIdOf(scope, body);
      seen.add(id);
      inTransition ||= cloud.isTransitional(body);
      if (!known.get(id)?.hash.equals(bodyHash(body))) differing.push(body);
    }
    counts = addCounts(counts, await write(deps, unit, differing));
  }
  signal.throwIfAborted();
  const look = { kind: 'poll', atMs: unit.startedAtMs, graceMs: deps.graceMs } as const;
  const absentIds = [...known.values()]
    .filter((row) => !seen.has(row.id) && mayRemove(look, row))
    .map(({ id }) => id);
  return { counts, seenCount: seen.size, knownCount: known.size, inTransition, absentIds };
}

// Small transactions: each holds the lock of the account, which requests want too.
const bodiesPerTransaction = 500;

async function write(
  { store, cause, graceMs }: ReadListingDeps,
  unit: LeasedUnit,
  differing: readonly ResourceBody[],
): Promise<ChangeCounts> {
  const scope = { cloud: unit.cloud, account: unit.accountId, region: unit.region };
  let counts = noChanges;
  for (let start = 0; start < differing.length; start += bodiesPerTransaction) {
    const observed = differing.slice(start, start + bodiesPerTransaction);
    const written = await store.inTransaction(async (tx) => {
      await tx.pollUnits.hold(unit);
      return applyChanges(tx, { scope, cause, startedAtMs: unit.startedAtMs, observed, graceMs });
    });
    counts = addCounts(counts, written);
  }
  return counts;
}
