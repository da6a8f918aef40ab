// Loads keys that are not known yet. One query is under way at a time and asks for all that are waited for, so that a
// flood of invented ids costs the database one query after the other, and no more.
import type { Clock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { withDeadline } from '@cloud-gateway/runtime';
import type { AccessKeyVersion, Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import type { AccessKey } from './access-key.ts';
import { openAccessKey } from './open-access-key.ts';

interface LoadedKey {
  readonly key: AccessKey;
  readonly version: AccessKeyVersion;
  /** By the clock, before the database was asked. */
  readonly askedAtMs: number;
}

export interface KeyLoaderDeps {
  readonly store: Pick<Store, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly clock: Clock;
  /** How long the store may take to answer. */
  readonly deadlineMs: number;
}

const keysPerQuery = 500;
const waitingMax = 10_000;

/** Undefined: there is no such key. Rejects when the store does not answer, or when the stored key cannot be used. */
export type LoadKey = (accessKeyId: string) => Promise<LoadedKey | undefined>;

export function createKeyLoader({ store, vault, clock, deadlineMs }: KeyLoaderDeps): LoadKey {
  const waiting = new Map<string, Waiting>();
  let isWorking = false;

  return (accessKeyId) => {
    const known = waiting.get(accessKeyId);
    if (known !== undefined) return known.promise;
    if (waiting.size >= waitingMax) return Promise.reject(tooMany());
    const added = toWaiting();
    waiting.set(accessKeyId, added);
    if (!isWorking) void work();
    return added.promise;
  };

  async function work(): Promise<void> {
    isWorking = true;
    // Who asks in the same turn of the event loop shares the first query.
    await Promise.resolve();
    while (waiting.size > 0) await loadBatch([...waiting.keys()].slice(0, keysPerQuery));
    isWorking = false;
  }

  async function loadBatch(ids: readonly string[]): Promise<void> {
    const askedAtMs = clock.nowMs();
    try {
      const rows = await withDeadline(store.read.accessKeys.findMany(ids), deadlineMs, late);
      const byId = new Map(rows.map((row) => [row.accessKeyId, row]));
      for (const id of ids) {
        const row = byId.get(id);
        const loaded = row && openAccessKey(vault, row).then((key) => ({ key, version: row, askedAtMs }));
        settle(id, Promise.resolve(loaded));
      }
    } catch (err) {
      for (const id of ids) settle(id, Promise.reject(err));
    }
  }

  function settle(id: string, outcome: Promise<LoadedKey | undefined>): void {
    const asked = waiting.get(id);
    if (asked === undefined) return;
    waiting.delete(id);
    outcome.then(asked.resolve, asked.reject);
  }
}

interface Waiting {
  readonly promise: Promise<LoadedKey | undefined>;
  readonly resolve: (loaded: LoadedKey | undefined) => void;
  readonly reject: (err: unknown) => void;
}

function toWaiting(): Waiting {
  let settle: Omit<Waiting, 'promise'> | undefined;
  const promise = new Promise<LoadedKey | undefined>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // The executor has run by now.
  return { promise, ...(settle as Omit<Waiting, 'promise'>) };
}

function late(): GatewayError {
  return new GatewayError('unavailable', {
    message: 'The database did not answer in time',
    retryAfterMs: 1000,
  });
}

function tooMany(): GatewayError {
  return new GatewayError('overloaded', {
    message: 'Too many keys are being looked up just now',
    retryAfterMs: 1000,
  });
}
