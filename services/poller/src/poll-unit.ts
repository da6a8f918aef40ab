// One poll of one unit: open a session, read the listing, remove what is gone, say when to come back. What was written
// before a failure stays: it was observed. The lease's epoch is checked in every transaction.
//
// If we die here: the lease runs out and another poller starts the unit afresh; nothing half-written is left.
import type { Cloud, PollGroup, PollIntervals } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import {
  applyChanges,
  type ChangeCounts,
  isStaleEpoch,
  type LeasedUnit,
  type Repositories,
  type Store,
} from '@cloud-gateway/store';
import { addCounts, noChanges, totalOf } from './change-counts.ts';
import { decideFailure, type FailureSettings, type PollFailureDecision } from './failure-schedule.ts';
import { type MassLossSettings, mayBeLostAtOnce } from './mass-loss-guard.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';
import { type Absences, type ReadListing, readListing } from './read-listing.ts';
import { nextPoll, type ScheduleSettings } from './schedule.ts';
import { tellCurrent, tellStale } from './tell-staleness.ts';

export interface PollSettings extends ScheduleSettings, FailureSettings {
  readonly massLoss: MassLossSettings;
  /** How long after a request of ours a listing may not remove what it touched. */
  readonly graceMs: number;
  readonly intervals: PollIntervals;
}

export interface PollUnitDeps extends OpenSessionDeps {
  readonly store: Store;
  readonly settings: PollSettings;
  readonly random: () => number;
  /** Called when changes, and so events, were written. */
  readonly onWritten?: () => void;
}

export type PollOutcome =
  | {
      readonly kind: 'complete';
      readonly counts: ChangeCounts;
      readonly seenCount: number;
      /** What was absent for the first time: the next listing decides. */
      readonly missed: number;
      /** Removals and losses of tags that were too many at once and wait for another listing to say the same. */
      readonly held: number;
      /** Datacenters that could not be listed. */
      readonly missingZones: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: PollFailureDecision; readonly err: unknown }
  /** Another poller has the unit, or it was removed: nothing more was written. */
  | { readonly kind: 'lost' }
  /** We are being stopped: the unit was given back and is due at once. */
  | { readonly kind: 'stopped' };

/** Aborting with a StaleEpochError as reason says that the lease is lost, with `stopping` that the process stops. */
export async function pollUnit(
  deps: PollUnitDeps,
  cloud: Cloud,
  unit: LeasedUnit,
  signal: AbortSignal,
): Promise<PollOutcome> {
  const startedMs = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedMs);
  try {
    const group = groupOf(cloud, unit);
    const listing = await listWithSession(deps, cloud, unit, signal);
    return await complete(deps, { unit, group, listing, durationMs: elapsedMs() });
  } catch (err) {
    return giveUp(deps, { unit, err: signal.aborted ? signal.reason : err, durationMs: elapsedMs() });
  }
}

/** The reason to abort with when the process stops. */
export const stopping = Symbol('stopping');

async function listWithSession(
  deps: PollUnitDeps,
  cloud: Cloud,
  unit: LeasedUnit,
  signal: AbortSignal,
): Promise<ReadListing> {
  const { store, settings } = deps;
  const { session, explain } = await openSession(deps, cloud, unit, signal);
  const cause = causeOf(unit);
  try {
    return await readListing(
      {
        store,
        cloud,
        session,
        cause,
        graceMs: settings.graceMs,
        massLoss: settings.massLoss,
        onWritten: deps.onWritten,
        signal,
      },
      unit,
    );
  } catch (err) {
    throw await explain(err, signal);
  } finally {
    session.close();
  }
}

async function complete(
  { store, clock, settings, random, onWritten }: PollUnitDeps,
  poll: { unit: LeasedUnit; group: PollGroup; listing: ReadListing; durationMs: number },
): Promise<PollOutcome> {
  const { unit, group, listing, durationMs } = poll;
  const { missingZones, seenCount, heldTagLosses } = listing;
  let isNews = false;
  const outcome: PollOutcome = await store.inTransaction(async (tx) => {
    const { heldRemovals, quietPolls, intervalMs } = await tx.pollUnits.hold(unit);
    const removal = await removeAbsent(tx, { unit, listing, settings, heldBefore: heldRemovals });
    const counts = addCounts(listing.counts, removal.counts);
    const held = removal.held + heldTagLosses;
    const seen = {
      changed: totalOf(counts) > 0 || held > 0 || removal.missed > 0 || missingZones.length > 0,
      inTransition: listing.inTransition || removal.missed > 0,
      quietPolls,
      intervalMs,
    };
    await tx.pollUnits.complete(unit, {
      ...nextPoll(settings, settings.intervals.of(unit.cloud, group), seen, random),
      startedAtMs: unit.startedAtMs,
      durationMs,
      changes: totalOf(counts),
      seen: seenCount,
      heldRemovals: removal.held,
      heldTagLosses,
      staleZones: missingZones,
    });
    const isTold = missingZones.length === 0 && (await tellCurrent({ tx, clock }, unit));
    isNews = isTold || totalOf(removal.counts) > 0;
    return { kind: 'complete', counts, seenCount, missed: removal.missed, held, missingZones };
  });
  if (isNews) onWritten?.();
  return outcome;
}

async function removeAbsent(
  tx: Repositories,
  removal: { unit: LeasedUnit; listing: ReadListing; settings: PollSettings; heldBefore: number },
): Promise<{ counts: ChangeCounts; missed: number; held: number }> {
  const { unit, listing, settings, heldBefore } = removal;
  const { absences, knownCount } = listing;
  const lostCount = absences.reduce((sum, { confirmed }) => sum + confirmed.length, 0);
  const isBelieved = mayBeLostAtOnce(settings.massLoss, { knownCount, lostCount, heldBefore });
  let counts = noChanges;
  for (const side of absences) {
    const absent = isBelieved ? [...side.plain, ...side.confirmed] : side.plain;
    if (absent.length === 0) continue;
    const removed = await applyChanges(tx, {
      scope: side.scope,
      ...(side.observer !== undefined && { observer: side.observer }),
      cause: causeOf(unit),
      startedAtMs: unit.startedAtMs,
      observed: [],
      absent,
      graceMs: settings.graceMs,
    });
    counts = addCounts(counts, removed);
  }
  return { counts, missed: missedCount(absences), held: isBelieved ? 0 : lostCount };
}

function missedCount(absences: readonly Absences[]): number {
  return absences.reduce(
    (sum, { plain }) => sum + plain.filter(({ reason }) => reason === 'absent').length,
    0,
  );
}

function causeOf({ id, epoch }: LeasedUnit) {
  return { kind: 'poll', id: `${id}.${epoch}` } as const;
}

async function giveUp(
  { store, clock, settings, random }: PollUnitDeps,
  poll: { unit: LeasedUnit; err: unknown; durationMs: number },
): Promise<PollOutcome> {
  const { unit, err, durationMs } = poll;
  if (isStaleEpoch(err)) return { kind: 'lost' };
  if (err === stopping) {
    await store.read.pollUnits.release(unit);
    return { kind: 'stopped' };
  }
  const failure = decideFailure(settings, err, unit.consecutiveFailures, random);
  try {
    await store.inTransaction(async (tx) => {
      await tx.pollUnits.hold(unit);
      await tx.pollUnits.fail(unit, {
        ...failure,
        durationMs,
        throttles: failure.errorCode === 'cloud-throttled' ? 1 : 0,
      });
      await tellStale({ tx, clock }, unit, failure);
    });
  } catch (noteErr) {
    if (isStaleEpoch(noteErr)) return { kind: 'lost' };
    throw noteErr;
  }
  return { kind: 'failed', failure, err };
}

function groupOf(cloud: Cloud, unit: LeasedUnit): PollGroup {
  const group = cloud.pollGroups.find(({ name }) => name === unit.group);
  if (group !== undefined) return group;
  throw new GatewayError('not-found', { message: `The cloud ${cloud.id} has no listing ${unit.group}` });
}
