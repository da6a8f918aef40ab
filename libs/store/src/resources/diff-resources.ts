// Decides what an observation changes. Pure: what is known and what was seen go in, changes come out, nothing is written.
//
// Rules that keep a slow, a lagging or a lying look from undoing what is true:
// - a listing never touches a row that was observed after that listing began;
// - for a grace time after a request of ours created or removed something, a listing neither removes it nor brings it
//   back: clouds are eventually consistent, and a listing may lag behind their own answer to the request;
// - what a listing lacks is removed when a second, later one lacks it too;
// - a published row is changed and removed by the listings of one account only, its observer's.
import type { ChangeKind, ResourceBody } from '@cloud-gateway/contracts';
import { bodyHash, changedFields } from './canonical-body.ts';
import { isForeign } from './is-foreign.ts';
import { type ResourceScope, resourceIdOf } from './resource-id.ts';

/** Why something is no longer there; `absent` only says that a look did not find it. */
export type AbsenceReason = 'absent' | 'terminal' | 'destroyed' | 'published';
/** What a tombstone says of itself. */
type RemovalReason = AbsenceReason | 'unshared';

export interface Absence {
  readonly id: string;
  readonly reason: AbsenceReason;
}

export interface KnownResource {
  readonly id: string;
  /** bodyHash(). */
  readonly hash: string;
  readonly state: string;
  readonly revision: number;
  readonly observedAtMs: number;
  /** When a request of ours last observed it, by its answer. */
  readonly requestedAtMs: number | null;
  /** Start of the listing that did not have it; null when the last one had. */
  readonly missedAtMs: number | null;
  readonly deleted: boolean;
  /** Of a published one: the account whose listings tell of it. */
  readonly observer: string | null;
  readonly body: ResourceBody;
}

export interface ResourceChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly revision: number;
  readonly body: ResourceBody;
  readonly hash: string;
  readonly oldState: string | null;
  /** Null where the resource is gone. */
  readonly newState: string | null;
  readonly changedFields: readonly string[];
  readonly atMs: number;
  /** Null where it is there. */
  readonly removal: RemovalReason | null;
  readonly observer: string | null;
}

export interface Look {
  readonly scope: ResourceScope;
  /** A listing of the poller, or the cloud's answer to one request. */
  readonly kind: 'poll' | 'request';
  /** A listing: when it began. A request: when its answer is written down. */
  readonly atMs: number;
  readonly graceMs: number;
  /** Whose look it is, in the account of what is published; else null. */
  readonly observer: string | null;
}

export interface Diff {
  readonly changes: readonly ResourceChange[];
  /** Ids of rows that a request saw unchanged: only the time of their observation is new. */
  readonly seenUnchanged: readonly string[];
  /** Ids of rows that a listing has again, unchanged, after one that had not. */
  readonly seenAgain: readonly string[];
  /** Ids of rows that a listing lacks for the first time. */
  readonly missed: readonly string[];
}

/** `absent` are rows that a complete listing of their scope no longer holds, or that a request has removed. */
export function diffResources(
  look: Look,
  input: {
    readonly known: ReadonlyMap<string, KnownResource>;
    readonly observed: readonly ResourceBody[];
    readonly absent: readonly Absence[];
  },
): Diff {
  const { known, observed, absent } = input;
  const diff = { changes: [], seenUnchanged: [], seenAgain: [], missed: [] } as Mutable<Diff>;
  const observedById = new Map(observed.map((body) => [resourceIdOf(look.scope, body), body]));
  for (const [id, body] of observedById) {
    const before = known.get(id);
    if (before !== undefined && isOthers(look, before)) continue;
    const change = changeOf(look, { id, body, before });
    if (change !== null) diff.changes.push(change);
    else if (before === undefined || before.deleted) continue;
    else if (look.kind === 'request') diff.seenUnchanged.push(id);
    else if (before.missedAtMs !== null) diff.seenAgain.push(id);
  }
  for (const { id, reason } of absent) {
    const before = known.get(id);
    if (before === undefined || isOthers(look, before) || !mayRemove(look, before)) continue;
    if (isFirstAbsence(look, before, reason)) diff.missed.push(id);
    else if (isCertain(look, before, reason)) diff.changes.push(removalOf(look, before, reason));
  }
  return diff;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

function changeOf(
  look: Look,
  { id, body, before }: { id: string; body: ResourceBody; before: KnownResource | undefined },
): ResourceChange | null {
  const hash = bodyHash(body);
  if (before === undefined) return discovery(look, { id, body, hash, revision: 1 });
  if (isNewerThan(look, before)) return null;
  if (before.deleted) {
    return isInGrace(look, before)
      ? null
      : discovery(look, { id, body, hash, revision: before.revision + 1 });
  }
  if (hash === before.hash) return null;
  return {
    id,
    kind: body.state === before.state ? 'updated' : 'state',
    revision: before.revision + 1,
    body,
    hash,
    oldState: before.state,
    newState: body.state,
    changedFields: changedFields(before.body, body),
    atMs: Math.max(look.atMs, before.observedAtMs),
    removal: null,
    observer: before.observer,
  };
}

function discovery(
  look: Look,
  seen: Pick<ResourceChange, 'id' | 'body' | 'hash' | 'revision'>,
): ResourceChange {
  return {
    ...seen,
    kind: isSharedByAnother(look, seen.body) ? 'shared' : 'discovered',
    oldState: null,
    newState: seen.body.state,
    changedFields: [],
    atMs: look.atMs,
    removal: null,
    observer: look.observer,
  };
}

function removalOf(look: Look, before: KnownResource, reason: AbsenceReason): ResourceChange {
  const removal = reason === 'absent' && isSharedByAnother(look, before.body) ? 'unshared' : reason;
  return {
    id: before.id,
    kind: kindOfRemoval(removal),
    revision: before.revision + 1,
    body: before.body,
    hash: before.hash,
    oldState: before.state,
    newState: null,
    changedFields: [],
    atMs: Math.max(look.atMs, before.observedAtMs),
    removal,
    observer: before.observer,
  };
}

function kindOfRemoval(removal: RemovalReason): ChangeKind {
  return removal === 'published' || removal === 'unshared' ? removal : 'deleted';
}

function isSharedByAnother({ scope }: Look, { visibility, owner }: ResourceBody): boolean {
  return visibility === 'shared' && isForeign(scope, owner);
}

function isOthers(look: Look, before: KnownResource): boolean {
  return look.kind === 'poll' && !before.deleted && before.observer !== look.observer;
}

function isFirstAbsence(look: Look, before: KnownResource, reason: AbsenceReason): boolean {
  return look.kind === 'poll' && reason === 'absent' && before.missedAtMs === null;
}

// One listing that is written down twice is still one.
function isCertain(look: Look, before: KnownResource, reason: AbsenceReason): boolean {
  const isSecond = before.missedAtMs !== null && before.missedAtMs < look.atMs;
  return look.kind === 'request' || reason !== 'absent' || isSecond;
}

/** Tells whether a row may go; also what the poller counts for its mass-removal guard. */
export function mayRemove(
  look: Pick<Look, 'kind' | 'atMs' | 'graceMs'>,
  before: Pick<KnownResource, 'deleted' | 'observedAtMs' | 'requestedAtMs'>,
): boolean {
  return !before.deleted && !isNewerThan(look, before) && !isInGrace(look, before);
}

function isNewerThan(
  look: Pick<Look, 'kind' | 'atMs'>,
  before: Pick<KnownResource, 'observedAtMs'>,
): boolean {
  return look.kind === 'poll' && before.observedAtMs >= look.atMs;
}

function isInGrace(
  look: Pick<Look, 'kind' | 'atMs' | 'graceMs'>,
  before: Pick<KnownResource, 'requestedAtMs'>,
): boolean {
  return (
    look.kind === 'poll' && before.requestedAtMs !== null && before.requestedAtMs + look.graceMs > look.atMs
  );
}
