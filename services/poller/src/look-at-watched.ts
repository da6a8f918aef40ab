// One look, by their ids, at resources of one type that were changed through the gateway. What the cloud shows is written
// down like a poll; what it does not know is only removed when it was on its way out: anything else a listing decides.
//
// If we die here: the lease of the group runs out, and another poller looks.
import type { Cloud } from '@cloud-gateway/clouds';
import { isPublished, type ResourceBody, type ResourceType } from '@cloud-gateway/contracts';
import {
  type Absence,
  applyChanges,
  publishedAccountId,
  type Repositories,
  type ResourceScope,
  resourceIdOf,
  type WatchGroup,
} from '@cloud-gateway/store';
import { isEnding } from './is-ending.ts';
import { type OpenSessionDeps, openSession } from './open-session.ts';
import { jittered } from './schedule.ts';

export interface LookDeps extends OpenSessionDeps {
  readonly random: () => number;
  /** How soon to look again. */
  readonly everyMs: number;
  readonly graceMs: number;
}

/** Throws what the cloud threw; the group's lease is given back in any case. */
export async function lookAtWatched(
  deps: LookDeps,
  cloud: Cloud,
  group: WatchGroup,
  signal: AbortSignal,
): Promise<void> {
  const { store, random, everyMs } = deps;
  try {
    const bodies = await look(deps, cloud, group, signal);
    const ended = await store.inTransaction((tx) => writeDown(tx, deps, { cloud, group, bodies }));
    if (ended > 0) await wakeRelated(deps, group);
  } catch (err) {
    const nextInMs = jittered(failurePauseFactor * everyMs, random);
    await store.read.watches.report(group, { nextInMs, stable: [], ended: [] });
    throw err;
  }
}

const failurePauseFactor = 4;

// What comes and goes with a resource of the type without being asked for: the volumes of an instance, its addresses.
const relatedTypes: Readonly<Partial<Record<ResourceType, readonly ResourceType[]>>> = {
  instance: ['volume', 'ip-address'],
};

/** After the transaction: a poller that writes its results holds the unit first and the account second. */
async function wakeRelated({ store }: LookDeps, { type, accountId, region }: WatchGroup): Promise<void> {
  for (const related of relatedTypes[type] ?? []) {
    await store.read.pollUnits.wake({ accountId, region, type: related });
  }
}

async function look(
  deps: LookDeps,
  cloud: Cloud,
  group: WatchGroup,
  signal: AbortSignal,
): Promise<readonly ResourceBody[]> {
  const { session, explain } = await openSession(deps, cloud, group, signal);
  try {
    const cloudIds = group.watches.map(({ cloudId }) => cloudId);
    return await session.look(group.type, cloudIds, signal);
  } catch (err) {
    throw await explain(err, signal);
  } finally {
    session.close();
  }
}

/** Returns how many watches have ended. */
async function writeDown(
  tx: Repositories,
  { random, everyMs, graceMs }: LookDeps,
  seen: { cloud: Cloud; group: WatchGroup; bodies: readonly ResourceBody[] },
): Promise<number> {
  const { cloud, group, bodies } = seen;
  const { accountId, region, startedAtMs } = group;
  const held = await tx.watches.hold(group);
  const observation = {
    cause: { kind: 'poll', id: `watch.${accountId}.${startedAtMs}` } as const,
    startedAtMs,
    graceMs,
  };
  const scope = { cloud: group.cloud, account: accountId, region };
  const published = bodies.filter(isPublished);
  // The public account first: that is the order in which accounts are locked.
  if (published.length > 0) {
    const publicScope = { ...scope, account: publishedAccountId(group.cloud) };
    await applyChanges(tx, { ...observation, scope: publicScope, observer: accountId, observed: published });
  }
  const observed = bodies.filter((body) => !isPublished(body));
  await applyChanges(tx, { ...observation, scope, observed, absent: movedAway(scope, published) });
  const shown = new Map(bodies.map((body) => [`${body.type} ${body.cloudId}`, body]));
  const unknown = group.watches.filter(({ cloudId }) => !shown.has(`${group.type} ${cloudId}`));
  const gone = await removeEnding(
    tx,
    { ...observation, scope },
    { type: group.type, cloudIds: unknown.map(({ cloudId }) => cloudId) },
  );

  const stable = [...held].filter((cloudId) => {
    const body = shown.get(`${group.type} ${cloudId}`);
    return body !== undefined && !cloud.isTransitional(body);
  });
  const seenBefore = new Set(
    group.watches.filter(({ stableLooks }) => stableLooks > 0).map(({ cloudId }) => cloudId),
  );
  const ended = [...held].filter((id) => gone.has(id) || (stable.includes(id) && seenBefore.has(id)));
  await tx.watches.report(group, { nextInMs: jittered(everyMs, random), stable, ended });
  return ended.length;
}

function movedAway(scope: ResourceScope, published: readonly ResourceBody[]): Absence[] {
  return published.map((body) => ({ id: resourceIdOf(scope, body), reason: 'published' }));
}

// The cloud has been told to end it, and does not know it any more: no grace is needed.
async function removeEnding(
  tx: Repositories,
  observation: Omit<Parameters<typeof applyChanges>[1], 'observed'>,
  { type, cloudIds }: { type: WatchGroup['type']; cloudIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const idOf = (cloudId: string) => resourceIdOf(observation.scope, { type, cloudId });
  const known = await tx.resources.known(cloudIds.map(idOf));
  const gone = cloudIds.filter((cloudId) => {
    const row = known.get(idOf(cloudId));
    return row === undefined || row.deleted || isEnding({ type, state: row.state });
  });
  const absent = gone.map((cloudId): Absence => ({ id: idOf(cloudId), reason: 'terminal' }));
  if (absent.length > 0) await applyChanges(tx, { ...observation, observed: [], absent, graceMs: 0 });
  return new Set(gone);
}
