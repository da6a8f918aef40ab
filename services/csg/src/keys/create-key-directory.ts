// The keys that are in use, in memory: no request of a known key waits for the database. Every 400 ms one cheap query
// asks for the versions of all of them; a key of which anything has changed (its request, its policy group, its cloud
// credentials) is dropped and loaded anew. A key counts as known while it was confirmed within the last second, or,
// while the database does not answer, within the grace.
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { AccessKeyVersion, Store } from '@cloud-gateway/store';
import { isWellFormedAccessKeyId, type Vault } from '@cloud-gateway/vault';
import { repeatEvery } from '../repeat-every.ts';
import type { AccessKey } from './access-key.ts';
import { createKeyLoader } from './key-loader.ts';
import { createRecentIds } from './recent-ids.ts';

export interface KeyDirectory {
  /** Gives a key that is known for certain just now; undefined: ask `load`. Cheap. */
  get(accessKeyId: string): AccessKey | undefined;
  /**
   * Undefined: nobody has this key. Rejects with a GatewayError that is retryable when that cannot be said just now
   * (`unavailable`, `overloaded`), and with `internal` when the key cannot be used for a fault of ours.
   */
  load(accessKeyId: string): Promise<AccessKey | undefined>;
  /** How many keys are held. */
  readonly size: number;
  stop(): Promise<void>;
}

export interface KeyDirectoryDeps {
  readonly store: Pick<Store, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long known keys go on without the database, from their last confirmation. Default: 15 min. */
  readonly offlineGraceMs?: number;
  /** How often the keys are confirmed. Default: 400. */
  readonly refreshMs?: number;
  /** A key that was not used for so long is forgotten. Default: 5 min. */
  readonly idleMs?: number;
  /** Keys held at the most; the least used ones go first. Default: 10,000, about 20 MB. */
  readonly keysMax?: number;
}

/**
 * How long an answer of the database is the truth. A change is seen after one period and the deadline of a query at
 * the latest: 400 + 550 ms.
 */
const freshMs = 1000;
const refreshDeadlineMs = 550;
const loadDeadlineMs = 3000;

export function createKeyDirectory(deps: KeyDirectoryDeps): KeyDirectory {
  const { store, vault, clock, log } = deps;
  const { offlineGraceMs = 900_000, refreshMs = 400, idleMs = 300_000, keysMax = 10_000 } = deps;
  const held = new Map<string, HeldKey>();
  const absent = createRecentIds({ clock, keepMs: freshMs, idsMax: 10_000 });
  const unusable = createRecentIds({ clock, keepMs: freshMs, idsMax: 10_000 });
  const reported = createRecentIds({ clock, keepMs: 60_000, idsMax: 1000 });
  const fetchKey = createKeyLoader({ store, vault, clock, deadlineMs: loadDeadlineMs });
  let storeFailedAtMs = Number.NEGATIVE_INFINITY;
  let isStoreAway = false;
  const refreshing = repeatEvery(refreshMs, refresh);

  return {
    get,
    load,
    stop: () => refreshing.stop(),
    get size() {
      return held.size;
    },
  };

  function get(accessKeyId: string): AccessKey | undefined {
    const entry = held.get(accessKeyId);
    if (entry === undefined) return undefined;
    const nowMs = clock.nowMs();
    if (nowMs - entry.confirmedAtMs > freshMs && !mayGoOn(entry, nowMs)) return undefined;
    entry.usedAtMs = nowMs;
    return entry.key;
  }

  function mayGoOn({ confirmedAtMs }: HeldKey, nowMs: number): boolean {
    return nowMs - storeFailedAtMs <= freshMs && nowMs - confirmedAtMs <= offlineGraceMs;
  }

  async function load(accessKeyId: string): Promise<AccessKey | undefined> {
    if (!isWellFormedAccessKeyId(accessKeyId) || absent.has(accessKeyId)) return undefined;
    if (unusable.has(accessKeyId)) throw cannotBeUsed();
    // While the database is known to be away, not every request has to find that out by itself.
    if (isStoreAway && clock.nowMs() - storeFailedAtMs < refreshMs)
      return get(accessKeyId) ?? throwUnavailable();
    try {
      return await loadNow(accessKeyId);
    } catch (err) {
      if (!isGatewayError(err)) throw noteUnusable(accessKeyId, err);
      if (err.code === 'unavailable') noteStoreFailure(err);
      return get(accessKeyId) ?? throwUnavailable(err);
    }
  }

  async function loadNow(accessKeyId: string): Promise<AccessKey | undefined> {
    const loaded = await fetchKey(accessKeyId);
    noteStoreAnswer();
    if (loaded === undefined) {
      held.delete(accessKeyId);
      absent.add(accessKeyId);
      return undefined;
    }
    const { key, version, askedAtMs } = loaded;
    held.set(accessKeyId, { key, version, confirmedAtMs: askedAtMs, usedAtMs: clock.nowMs() });
    if (held.size > keysMax) dropLeastUsed(held, keysMax);
    return key;
  }

  async function refresh(): Promise<void> {
    dropIdle();
    const asked = new Map(held);
    if (asked.size === 0) return;
    const askedAtMs = clock.nowMs();
    try {
      const versions = await withDeadline(
        store.read.accessKeys.versions([...asked.keys()]),
        refreshDeadlineMs,
        () => new GatewayError('unavailable', { message: 'The database did not answer in time' }),
      );
      noteStoreAnswer();
      compare(asked, new Map(versions.map((version) => [version.accessKeyId, version])), askedAtMs);
    } catch (err) {
      noteStoreFailure(err);
    }
  }

  function compare(
    asked: ReadonlyMap<string, HeldKey>,
    versions: ReadonlyMap<string, AccessKeyVersion>,
    askedAtMs: number,
  ): void {
    for (const [accessKeyId, entry] of asked) {
      // It was loaded anew meanwhile: this answer is the older one.
      if (held.get(accessKeyId) !== entry) continue;
      const version = versions.get(accessKeyId);
      if (version !== undefined && isSameVersion(entry.version, version)) {
        entry.confirmedAtMs = askedAtMs;
        continue;
      }
      held.delete(accessKeyId);
      if (version !== undefined) void loadAgain(accessKeyId);
    }
  }

  // Ahead of the next request. What fails here fails there, and is told there.
  async function loadAgain(accessKeyId: string): Promise<void> {
    await load(accessKeyId).catch(() => undefined);
  }

  function dropIdle(): void {
    const oldestMs = clock.nowMs() - idleMs;
    for (const [accessKeyId, { usedAtMs }] of held) if (usedAtMs < oldestMs) held.delete(accessKeyId);
  }

  function noteStoreAnswer(): void {
    if (isStoreAway) log.info('the database answers again: keys are confirmed');
    isStoreAway = false;
    storeFailedAtMs = Number.NEGATIVE_INFINITY;
  }

  function noteStoreFailure(err: unknown): void {
    storeFailedAtMs = clock.nowMs();
    if (isStoreAway) return;
    isStoreAway = true;
    log.warn('the database does not answer: known keys go on for a while, unknown ones cannot be served', {
      err,
      keys: held.size,
      graceMs: offlineGraceMs,
    });
  }

  function noteUnusable(accessKeyId: string, err: unknown): GatewayError {
    unusable.add(accessKeyId);
    if (!reported.has(accessKeyId)) {
      reported.add(accessKeyId);
      log.error('a stored key cannot be used', { err, accessKeyId });
    }
    return cannotBeUsed(err);
  }
}

interface HeldKey {
  readonly key: AccessKey;
  readonly version: AccessKeyVersion;
  confirmedAtMs: number;
  usedAtMs: number;
}

function isSameVersion(a: AccessKeyVersion, b: AccessKeyVersion): boolean {
  return (
    a.state === b.state &&
    a.requestVersion === b.requestVersion &&
    a.policyGroupVersion === b.policyGroupVersion &&
    a.credentialVersion === b.credentialVersion
  );
}

// A tenth at once, so that it is not sorted again for every further key.
function dropLeastUsed(held: Map<string, HeldKey>, keysMax: number): void {
  const byUse = [...held].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
  for (const [accessKeyId] of byUse.slice(0, Math.ceil(keysMax / 10))) held.delete(accessKeyId);
}

function throwUnavailable(cause?: unknown): never {
  throw new GatewayError('unavailable', {
    message: 'Access keys cannot be looked up just now',
    retryAfterMs: 1000,
    cause,
  });
}

function cannotBeUsed(cause?: unknown): GatewayError {
  return new GatewayError('internal', {
    message: 'This access key cannot be used: ask an administrator',
    cause,
  });
}
