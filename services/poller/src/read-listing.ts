// Reads the whole listing of a unit and writes what differs, page by page: additions and updates are true whatever the
// next page brings. What is absent is only told at the end, and only a listing that came to its end gets there.
//
// A listing of an account may show resources that the account has published. Those are kept once for everybody, in the
// public account, with this account as their observer: the listing has two sides.
import type { Cloud, CloudSession } from '@cloud-gateway/clouds';
import { type Cause, hasCall, isPublished, type ResourceBody } from '@cloud-gateway/contracts';
import {
  type Absence,
  applyChanges,
  bodyHash,
  type ChangeCounts,
  type Fingerprint,
  type LeasedUnit,
  mayRemove,
  publishedAccountId,
  type ResourceScope,
  resourceKey,
  type Store,
} from '@cloud-gateway/store';
import { addCounts, noChanges, totalOf } from './change-counts.ts';
import { isEnding } from './is-ending.ts';
import { type MassLossSettings, mayBeLostAtOnce } from './mass-loss-guard.ts';

export interface ReadListingDeps {
  readonly store: Store;
  readonly cloud: Cloud;
  readonly session: CloudSession;
  readonly cause: Cause;
  readonly graceMs: number;
  readonly massLoss: MassLossSettings;
  /** Called when changes, and so events, were written. */
  readonly onWritten?: (() => void) | undefined;
  readonly signal: AbortSignal;
}

export interface ReadListing {
  readonly counts: ChangeCounts;
  readonly seenCount: number;
  readonly knownCount: number;
  readonly inTransition: boolean;
  /** Datacenters that could not be listed. With one of them the listing is not complete, and nothing is absent. */
  readonly missingZones: readonly string[];
  /** What the complete listing no longer has, and what may be removed as far as the row itself tells. */
  readonly absences: readonly Absences[];
  /** Bodies that were not written, because no item of the whole listing had tags although many rows have. */
  readonly heldTagLosses: number;
}

/** What is absent on one side of the listing. */
export interface Absences {
  readonly scope: ResourceScope;
  readonly observer?: string;
  /** Absent for the first time, or surely gone. */
  readonly plain: readonly Absence[];
  /** Absent from the listing before this one, too: they go, unless they are too many at once. */
  readonly confirmed: readonly Absence[];
}

interface Side {
  readonly scope: ResourceScope;
  readonly observer?: string;
  readonly known: ReadonlyMap<string, Fingerprint>;
  readonly seen: Set<string>;
}

/** Throws what the cloud or the store threw; StaleEpochError when the unit is another poller's by now. */
export async function readListing(deps: ReadListingDeps, unit: LeasedUnit): Promise<ReadListing> {
  const { cloud, session, signal } = deps;
  const own = await ownSide(deps, unit);
  const published = await publishedSide(deps, unit);
  const missingZones = new Set<string>();
  // Updates that lose their tags while no item of the listing has shown any.
  let doubtful: ResourceBody[] = [];
  let sawTags = false;
  let inTransition = false;
  let counts = noChanges;
  for await (const page of session.list(unit.group, signal)) {
    signal.throwIfAborted();
    for (const zone of page.missingZones ?? []) missingZones.add(zone);
    const differing: ResourceBody[] = [];
    const publishedDiffering: ResourceBody[] = [];
    for (const body of page.items) {
      const side = published !== null && isPublished(body) ? published : own;
      const isNews = isDifferent(side, body);
      inTransition ||= cloud.isTransitional(body);
      sawTags ||= hasTags(body);
      if (isNews) (side === own ? differing : publishedDiffering).push(body);
    }
    if (published !== null)
      counts = addCounts(counts, await write(deps, unit, published, publishedDiffering));
    const isDoubtful = (body: ResourceBody) => !sawTags && losesTags(body, own.known.get(resourceKey(body)));
    const questioned = [...doubtful, ...differing];
    doubtful = questioned.filter(isDoubtful);
    const certain = doubtful.length === 0 ? questioned : questioned.filter((body) => !isDoubtful(body));
    counts = addCounts(counts, await write(deps, unit, own, certain));
  }
  signal.throwIfAborted();
  const isBelieved = mayBeLostAtOnce(deps.massLoss, {
    knownCount: [...own.known.values()].filter(({ tagCount }) => tagCount > 0).length,
    lostCount: doubtful.length,
    heldBefore: unit.heldTagLosses,
  });
  if (isBelieved) counts = addCounts(counts, await write(deps, unit, own, doubtful));
  return {
    counts,
    seenCount: own.seen.size + (published?.seen.size ?? 0),
    knownCount: own.known.size,
    inTransition,
    missingZones: [...missingZones].sort(),
    absences: missingZones.size > 0 ? [] : await absencesOf(deps, unit, own, published),
    heldTagLosses: isBelieved ? 0 : doubtful.length,
  };
}

function scopeOf({ cloud, accountId, region }: LeasedUnit): ResourceScope {
  return { cloud, account: accountId, region };
}

async function ownSide({ store }: ReadListingDeps, unit: LeasedUnit): Promise<Side> {
  const scope = scopeOf(unit);
  const known = await store.read.resources.fingerprints({ ...scope, types: unit.types });
  return { scope, known, seen: new Set() };
}

/** Null where nothing that is listed can be published, and for the listing of what is published itself. */
async function publishedSide({ store }: ReadListingDeps, unit: LeasedUnit): Promise<Side | null> {
  const publicAccount = publishedAccountId(unit.cloud);
  const types = unit.types.filter((type) => hasCall(type, 'share'));
  if (unit.accountId === publicAccount || types.length === 0) return null;
  const known = await store.read.resources.observedFor({ ...scopeOf(unit), types });
  return {
    scope: { ...scopeOf(unit), account: publicAccount },
    observer: unit.accountId,
    known,
    seen: new Set(),
  };
}

// Written again as well when the listing before this one lacked it: the mark of that goes.
function isDifferent(side: Side, body: ResourceBody): boolean {
  const key = resourceKey(body);
  side.seen.add(key);
  const row = side.known.get(key);
  return row === undefined || row.missedAtMs !== null || row.hash !== bodyHash(body);
}

function hasTags({ tags }: ResourceBody): boolean {
  for (const _ in tags) return true;
  return false;
}

function losesTags(body: ResourceBody, row: Fingerprint | undefined): boolean {
  return row !== undefined && row.tagCount > 0 && !hasTags(body);
}

/** The published side first: that is the order in which the accounts are locked. */
async function absencesOf(
  deps: ReadListingDeps,
  unit: LeasedUnit,
  own: Side,
  published: Side | null,
): Promise<Absences[]> {
  const ownRows = absentRows(deps, unit, own);
  const nowPublished = published === null ? new Set<string>() : await livePublished(deps, unit, ownRows);
  const ownAbsences = sorted(own, ownRows, (row) =>
    nowPublished.has(row.id) ? 'published' : isEnding(row) ? 'terminal' : 'absent',
  );
  if (published === null) return [ownAbsences];
  // What the account's own side has again is surely not public any more.
  const publishedAbsences = sorted(published, absentRows(deps, unit, published), (row) =>
    isEnding(row) || own.seen.has(resourceKey(row)) ? 'terminal' : 'absent',
  );
  return [publishedAbsences, ownAbsences];
}

function absentRows({ graceMs }: ReadListingDeps, unit: LeasedUnit, { known, seen }: Side): Fingerprint[] {
  const look = { kind: 'poll', atMs: unit.startedAtMs, graceMs } as const;
  const absent: Fingerprint[] = [];
  for (const [key, row] of known) if (!seen.has(key) && mayRemove(look, row)) absent.push(row);
  return absent;
}

function sorted(
  { scope, observer }: Side,
  rows: readonly Fingerprint[],
  reasonOf: (row: Fingerprint) => Absence['reason'],
): Absences {
  const plain: Absence[] = [];
  const confirmed: Absence[] = [];
  for (const row of rows) {
    const reason = reasonOf(row);
    (reason === 'absent' && row.missedAtMs !== null ? confirmed : plain).push({ id: row.id, reason });
  }
  return { scope, ...(observer !== undefined && { observer }), plain, confirmed };
}

/** Ids of the rows whose resource is kept for everybody by now. */
async function livePublished(
  { store }: ReadListingDeps,
  unit: LeasedUnit,
  rows: readonly Fingerprint[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const type of unit.types) {
    const ofType = rows.filter((row) => row.type === type);
    if (ofType.length === 0 || !hasCall(type, 'share')) continue;
    const cloudIds = ofType.map(({ cloudId }) => cloudId);
    const live = await store.read.resources.livePublished({
      cloud: unit.cloud,
      region: unit.region,
      type,
      cloudIds,
    });
    for (const row of ofType) if (live.has(row.cloudId)) ids.add(row.id);
  }
  return ids;
}

// Small transactions: each holds the lock of the account, which requests want too.
const bodiesPerTransaction = 500;

async function write(
  { store, cause, graceMs, onWritten }: ReadListingDeps,
  unit: LeasedUnit,
  { scope, observer }: Side,
  differing: readonly ResourceBody[],
): Promise<ChangeCounts> {
  let counts = noChanges;
  for (let start = 0; start < differing.length; start += bodiesPerTransaction) {
    const observed = differing.slice(start, start + bodiesPerTransaction);
    const written = await store.inTransaction(async (tx) => {
      await tx.pollUnits.hold(unit);
      return applyChanges(tx, {
        scope,
        ...(observer !== undefined && { observer }),
        cause,
        startedAtMs: unit.startedAtMs,
        observed,
        graceMs,
      });
    });
    counts = addCounts(counts, written);
    if (totalOf(written) > 0) onWritten?.();
  }
  return counts;
}
