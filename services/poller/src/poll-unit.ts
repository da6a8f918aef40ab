// One poll of one unit: open a session, read the listing, remove what is gone, say when to come back. What was written
// before a failure stays: it was observed. The lease's epoch is checked in every transaction.
//
// If we die here: the lease runs out and another poller starts the unit afresh; nothing half-written is left.
import type { Cloud, PollGroup } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import {
  applyChanges,
  type ChangeCounts,
  isStaleEpoch,
  type LeasedUnit,
  type Store,
} from '@cloud-gateway/store';
import { addCounts, noChanges, totalOf } from './change-counts.ts';
import { decideFailure, type FailureSettings, type PollFailureDecision } from './failure-schedule.ts';
import { type MassLossSettings, mayBeLostAtOnce } from './mass-loss-guard.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';
import { type ReadListing, readListing } from './read-listing.ts';
import { nextPoll, type ScheduleSettings } from './schedule.ts';

export interface PollSettings extends ScheduleSettings, FailureSettings {
  readonly massLoss: MassLossSettings;
  /** How long after a request of ours a listing may not remove what it touched. */
  readonly graceMs: number;
}

export interface PollUnitDeps extends OpenSessionDeps {
  readonly store: Store;
  readonly settings: PollSettings;
  readonly random: () => number;
}

export type PollOutcome =
  /** `held`: removals and losses of tags that wait for a second listing to say the same. */
  | {
      readonly kind: 'complete';
      readonly counts: ChangeCounts;
      readonly seenCount: number;
      readonly held: number;
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
  const cause = { kind: 'poll', id: `${unit.id}.${unit.epoch}` } as const;
  try {
    return await readListing(
      { store, cloud, session, cause, graceMs: settings.graceMs, massLoss: settings.massLoss, signal },
      unit,
    );
  } catch (err) {
    throw await explain(err, signal);
  } finally {
    session.close();
  }
}

async function complete(
  { store, settings, random }: PollUnitDeps,
  poll: { unit: LeasedUnit; group: PollGroup; listing: ReadListing; durationMs: number },
): Promise<PollOutcome> {
  const { unit, group, listing, durationMs } = poll;
  const { absentIds, knownCount } = listing;
  const scope = { cloud: unit.cloud, account: unit.accountId, region: unit.region };
  const cause = { kind: 'poll', id: `${unit.id}.${unit.epoch}` } as const;
  return store.inTransaction(async (tx) => {
    const { heldRemovals, wokenAtMs, nowMs, quietPolls, intervalMs } = await tx.pollUnits.hold(unit);
    const question = { knownCount, lostCount: absentIds.length, heldBefore: heldRemovals };
    const heldNow = mayBeLostAtOnce(settings.massLoss, question) ? 0 : absentIds.length;
    const removed =
      heldNow > 0 || absentIds.length === 0
        ? noChanges
        : await applyChanges(tx, {
            scope,
            cause,
            startedAtMs: unit.startedAtMs,
            observed: [],
            absentIds,
            graceMs: settings.graceMs,
          });
    const counts = addCounts(listing.counts, removed);
    const held = heldNow + listing.heldTagLosses;
    const seen = {
      changed: totalOf(counts) > 0 || held > 0,
      inTransition: listing.inTransition,
      quietPolls,
      intervalMs,
      wokenAgoMs: wokenAtMs === null ? null : nowMs - wokenAtMs,
    };
    await tx.pollUnits.complete(unit, {
      ...nextPoll(settings, group.intervalMs, seen, random),
      startedAtMs: unit.startedAtMs,
      durationMs,
      changes: totalOf(counts),
      heldRemovals: heldNow,
      heldTagLosses: listing.heldTagLosses,
    });
    return { kind: 'complete', counts, seenCount: listing.seenCount, held };
  });
}

async function giveUp(
  { store, settings, random }: PollUnitDeps,
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
      await tx.pollUnits.fail(unit, { ...failure, durationMs });
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
