// Decides what an observation changes. Pure: what is known and what was seen go in, changes come out, nothing is written.
//
// Two rules keep a slow look from undoing a newer one:
// - a listing never touches a row that was observed after that listing began;
// - for a grace time after a request of ours created or removed something, a listing neither removes it nor brings it
//   back: clouds are eventually consistent, and a listing may lag behind their own answer to the request.
import type { ChangeKind, ResourceBody } from '@cloud-gateway/contracts';
import { bodyHash, changedFields } from './canonical-body.ts';
import { type ResourceScope, resourceIdOf } from './resource-id.ts';

export interface KnownResource {
  readonly id: string;
  readonly hash: Buffer;
  readonly state: string;
  readonly revision: number;
  readonly observedAtMs: number;
  /** When a request of ours last observed it, by its answer. */
  readonly requestedAtMs: number | null;
  readonly deleted: boolean;
  readonly body: ResourceBody;
}

export interface ResourceChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly revision: number;
  readonly body: ResourceBody;
  readonly hash: Buffer;
  readonly oldState: string | null;
  /** Null where the resource is deleted. */
  readonly newState: string | null;
  readonly changedFields: readonly string[];
  readonly atMs: number;
}

export interface Look {
  readonly scope: ResourceScope;
  /** A listing of the poller, or the cloud's answer to one request. */
  readonly kind: 'poll' | 'request';
  /** A listing: when it began. A request: when its answer is written down. */
  readonly atMs: number;
  readonly graceMs: number;
}

export interface Diff {
  readonly changes: readonly ResourceChange[];
  /** Ids of rows that a request saw unchanged: only the time of their observation is new. */
  readonly seenUnchanged: readonly string[];
}

/** `absentIds` are rows that a complete listing of their scope no longer holds, or that a request has removed. */
export function diffResources(
  look: Look,
  input: {
    readonly known: ReadonlyMap<string, KnownResource>;
    readonly observed: readonly ResourceBody[];
    readonly absentIds: readonly string[];
  },
): Diff {
  const { known, observed, absentIds } = input;
  const observedById = new Map(observed.map((body) => [resourceIdOf(look.scope, body), body]));
  const changes: ResourceChange[] = [];
  const seenUnchanged: string[] = [];
  for (const [id, body] of observedById) {
    const before = known.get(id);
    const change = changeOf(look, { id, body, before });
    if (change !== null) changes.push(change);
    else if (before !== undefined && look.kind === 'request') seenUnchanged.push(id);
  }
  for (const id of absentIds) {
    const before = known.get(id);
    if (before !== undefined && mayRemove(look, before)) changes.push(removalOf(look, before));
  }
  return { changes, seenUnchanged };
}

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
  if (hash.equals(before.hash)) return null;
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
  };
}

function discovery(
  look: Look,
  seen: Pick<ResourceChange, 'id' | 'body' | 'hash' | 'revision'>,
): ResourceChange {
  return {
    ...seen,
    kind: 'discovered',
    oldState: null,
    newState: seen.body.state,
    changedFields: [],
    atMs: look.atMs,
  };
}

function removalOf(look: Look, before: KnownResource): ResourceChange {
  return {
    id: before.id,
    kind: 'deleted',
    revision: before.revision + 1,
    body: before.body,
    hash: before.hash,
    oldState: before.state,
    newState: null,
    changedFields: [],
    atMs: Math.max(look.atMs, before.observedAtMs),
  };
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
