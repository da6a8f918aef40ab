// Several who write changes at once, each into places (account and region) of its own, so that they meet at the lock of
// the accounts. A transaction that fails is written again until it is through: what it holds can only be true once.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ResourceBody, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import {
  applyChanges,
  type Observation,
  type ResourceScope,
  resourceIdOf,
  type Store,
} from '@cloud-gateway/store';
import type { Random } from '../property/random.ts';

export const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;
export const types = ['instance', 'volume', 'image', 'ip-address', 'security-group'] as const;

export interface ChangeWriters {
  /** Changes that were committed for certain. */
  written(): number;
  /** Nobody begins a transaction that would go beyond so many. */
  allow(count: number): void;
  /** Resolves when as many are written as are allowed. */
  untilWritten(count: number): Promise<void>;
  /** Lets those under way come to an end. Rejects when one did not succeed for two minutes. */
  stop(): Promise<void>;
}

const writers = 4;
const patienceMs = 120_000;

export function startWriters(deps: {
  readonly store: Store;
  readonly scopes: readonly ResourceScope[];
  readonly random: Random;
}): ChangeWriters {
  const places = deps.scopes.map(createPlace);
  let begun = 0;
  let written = 0;
  let allowed = 0;
  let stopped = false;
  let failure: Error | undefined;

  async function writeOn(own: readonly Place[]): Promise<void> {
    while (!stopped) {
      const place = deps.random.pick(own);
      const size = Math.min(deps.random.int(1, 40), allowed - begun);
      if (place === undefined || size <= 0) {
        await sleep(5);
        continue;
      }
      begun += size;
      await writeUntilThrough(deps.store, place.next(deps.random, size));
      written += size;
    }
  }

  const working = Array.from({ length: writers }, (_, at) =>
    writeOn(places.filter((_place, index) => index % writers === at)).catch((err: unknown) => {
      failure ??= err instanceof Error ? err : new Error(String(err));
      stopped = true;
    }),
  );

  return {
    written: () => written,
    allow(count) {
      allowed = count;
    },
    async untilWritten(count) {
      while (written < count && !stopped) await sleep(10);
      if (failure) throw failure;
    },
    async stop() {
      stopped = true;
      await Promise.all(working);
      if (failure) throw failure;
    },
  };
}

async function writeUntilThrough(store: Store, observation: Observation): Promise<void> {
  const endsAtMs = performance.now() + patienceMs;
  for (;;) {
    try {
      await store.inTransaction((tx) => applyChanges(tx, observation));
      return;
    } catch (err) {
      if (performance.now() > endsAtMs) throw err;
      await sleep(100);
    }
  }
}

interface Place {
  /** Exactly `size` changes of as many resources, which have not been before. */
  next(random: Random, size: number): Observation;
}

function createPlace(scope: ResourceScope): Place {
  const { account, region } = scope;
  const there: ResourceBody[] = [];
  let made = 0;

  function make(random: Random): ResourceBody {
    made += 1;
    const type = random.pick(types) ?? 'instance';
    return bodyOf({
      type,
      cloudId: `${type}-${region}-${made}`,
      account,
      state: stateOf(random, type),
      note: 0,
    });
  }

  return {
    next(random, size) {
      const observed: ResourceBody[] = [];
      const absent: Observation['absent'] & object[] = [];
      const untouched = [...there];
      for (let left = size; left > 0; left -= 1) {
        const [before] =
          untouched.length > 0 && random.chance(0.8)
            ? untouched.splice(random.int(0, untouched.length - 1), 1)
            : [];
        if (before === undefined) observed.push(make(random));
        else if (random.chance(0.15))
          absent.push({ id: resourceIdOf(scope, before), reason: 'destroyed' as const });
        else observed.push(changed(random, before));
      }
      const touched = new Set([...observed.map(({ cloudId }) => cloudId)]);
      const gone = new Set(absent.map(({ id }) => id));
      const rest = there.filter((body) => !touched.has(body.cloudId) && !gone.has(resourceIdOf(scope, body)));
      there.splice(0, there.length, ...rest, ...observed);
      return {
        scope,
        cause: { kind: 'request', id: `req_${account}_${region}_${made}` },
        startedAtMs: null,
        observed,
        absent,
      };
    },
  };
}

function stateOf(random: Random, type: ResourceType): string {
  return random.pick(resourceTypes[type].states) ?? 'present';
}

function changed(random: Random, before: ResourceBody): ResourceBody {
  const note = Number(before.tags['note']) + 1;
  const state = random.chance(0.4) ? stateOf(random, before.type) : before.state;
  return { ...before, state, rawState: state, tags: { ...before.tags, note: String(note) } };
}

function bodyOf(of: {
  readonly type: ResourceType;
  readonly cloudId: string;
  readonly account: string;
  readonly state: string;
  readonly note: number;
}): ResourceBody {
  const { type, cloudId, account, state, note } = of;
  return {
    type,
    cloudId,
    name: cloudId,
    state,
    rawState: state,
    stateReason: null,
    owner: account.slice(account.indexOf('-') + 1),
    visibility: 'private',
    tags: { note: String(note), project: `project-${cloudId.length}`, stage: 'production' },
    createdAt: '2026-01-02T03:04:05.000Z',
    publicAddresses: [],
    privateAddresses: [],
    cloudAttributes: {
      description:
        'About as much as a cloud tells of a resource, so that messages have their real size. '.repeat(10),
    },
  };
}
