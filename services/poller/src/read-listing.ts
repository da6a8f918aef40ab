// Reads the whole listing of a unit and writes what differs, page by page: additions and updates are true whatever the
// next page brings. What is absent is only told at the end, and only a listing that came to its end gets there.
import type { Cloud, CloudSession } from '@cloud-gateway/clouds';
import type { Cause, ResourceBody } from '@cloud-gateway/contracts';
import {
  applyChanges,
  bodyHash,
  type ChangeCounts,
  type Fingerprint,
  type LeasedUnit,
  mayRemove,
  resourceIdOf,
  type Store,
} from '@cloud-gateway/store';
import { addCounts, noChanges } from './change-counts.ts';
import { type MassLossSettings, mayBeLostAtOnce } from './mass-loss-guard.ts';

export interface ReadListingDeps {
  readonly store: Store;
  readonly cloud: Cloud;
  readonly session: CloudSession;
  readonly cause: Cause;
  readonly graceMs: number;
  readonly massLoss: MassLossSettings;
  readonly signal: AbortSignal;
}

export interface ReadListing {
  readonly counts: ChangeCounts;
  readonly seenCount: number;
  readonly knownCount: number;
  readonly inTransition: boolean;
  /** Rows that the complete listing no longer has, and that may be removed as far as the row itself tells. */
  readonly absentIds: readonly string[];
  /** Bodies that were not written, because no item of the whole listing had tags although many rows have. */
  readonly heldTagLosses: number;
}

/** Throws what the cloud or the store threw; StaleEpochError when the unit is another poller's by now. */
export async function readListing(deps: ReadListingDeps, unit: LeasedUnit): Promise<ReadListing> {
  const { store, cloud, session, signal } = deps;
  const scope = { cloud: unit.cloud, account: unit.accountId, region: unit.region };
  const known = await store.read.resources.fingerprints({ ...scope, types: unit.types });
  const rowOf = (body: ResourceBody) => known.get(resourceIdOf(scope, body));
  const seen = new Set<string>();
  // Updates that lose their tags while no item of the listing has shown any.
  let doubtful: ResourceBody[] = [];
  let sawTags = false;
  let inTransition = false;
  let counts = noChanges;
  for await (const page of session.list(unit.group, signal)) {
    signal.throwIfAborted();
    for (const body of page) {
      seen.add(resourceIdOf(scope, body));
      inTransition ||= cloud.isTransitional(body);
      sawTags ||= hasTags(body);
    }
    const differing = [...doubtful, ...page.filter((body) => !rowOf(body)?.hash.equals(bodyHash(body)))];
    const isDoubtful = (body: ResourceBody) => !sawTags && losesTags(body, rowOf(body));
    doubtful = differing.filter(isDoubtful);
    const certain = differing.filter((body) => !isDoubtful(body));
    counts = addCounts(counts, await write(deps, unit, certain));
  }
  signal.throwIfAborted();
  const isBelieved = mayBeLostAtOnce(deps.massLoss, {
    knownCount: [...known.values()].filter(({ tagCount }) => tagCount > 0).length,
    lostCount: doubtful.length,
    heldBefore: unit.heldTagLosses,
  });
  if (isBelieved) counts = addCounts(counts, await write(deps, unit, doubtful));
  return {
    counts,
    seenCount: seen.size,
    knownCount: known.size,
    inTransition,
    absentIds: absentOf({ known, seen, unit, graceMs: deps.graceMs }),
    heldTagLosses: isBelieved ? 0 : doubtful.length,
  };
}

function absentOf(listing: {
  known: ReadonlyMap<string, Fingerprint>;
  seen: ReadonlySet<string>;
  unit: LeasedUnit;
  graceMs: number;
}): string[] {
  const { known, seen, unit, graceMs } = listing;
  const look = { kind: 'poll', atMs: unit.startedAtMs, graceMs } as const;
  return [...known.values()].filter((row) => !seen.has(row.id) && mayRemove(look, row)).map(({ id }) => id);
}

function hasTags({ tags }: ResourceBody): boolean {
  return Object.keys(tags).length > 0;
}

function losesTags(body: ResourceBody, row: Fingerprint | undefined): boolean {
  return row !== undefined && row.tagCount > 0 && !hasTags(body);
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
