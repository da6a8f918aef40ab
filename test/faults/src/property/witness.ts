// Looks at the cloud all the time, so that it can be said afterwards what was there when, and which request made what.
import type { CloudResource } from './cloud-resource.ts';

export interface Witness {
  /** Looks now, besides the regular looks. */
  look(): void;
  /**
   * False when it is sure that the resource was there, and not on its way out, from the first time that it was seen
   * until after `atMs`. Times are those of the machine.
   */
  mayHaveEnded(name: string, atMs: number): boolean;
  wasSeen(name: string): boolean;
  /** By the tag of the request: everything that it ever made, and the most that were there at once, by type. */
  madeBy(requestTag: string): readonly Made[];
  requestTags(): readonly string[];
  /** How many resources there ever were. */
  readonly seenCount: number;
  stop(): void;
}

interface Made {
  readonly type: string;
  readonly cloudIds: readonly string[];
  readonly atOnce: number;
}

export function witnessName({
  keptIn,
  type,
  cloudId,
}: Pick<CloudResource, 'keptIn' | 'type' | 'cloudId'>): string {
  return `${keptIn} ${type} ${cloudId}`;
}

const everyMs = 20;

interface Life {
  /** When it was last seen alive. */
  aliveAtMs: number;
  isAlive: boolean;
  /** For each time that it ended: when it was last seen before. */
  readonly endedAfterMs: number[];
}

export function startWitness(resources: () => readonly CloudResource[]): Witness {
  const lives = new Map<string, Life>();
  const made = new Map<string, Map<string, { ids: Set<string>; atOnce: number }>>();

  function look(): void {
    const nowMs = Date.now();
    const seen = resources();
    const alive = new Set(seen.filter(({ isLive }) => isLive).map(witnessName));
    for (const name of alive) {
      const life = lives.get(name);
      if (life) Object.assign(life, { aliveAtMs: nowMs, isAlive: true });
      else lives.set(name, { aliveAtMs: nowMs, isAlive: true, endedAfterMs: [] });
    }
    for (const [name, life] of lives) {
      if (!life.isAlive || alive.has(name)) continue;
      life.isAlive = false;
      life.endedAfterMs.push(life.aliveAtMs);
    }
    noteMakers(seen);
  }

  function noteMakers(seen: readonly CloudResource[]): void {
    const now = new Map<string, number>();
    for (const { requestTag, type, cloudId, isLive } of seen) {
      if (requestTag === undefined) continue;
      const byType = made.get(requestTag) ?? new Map<string, { ids: Set<string>; atOnce: number }>();
      made.set(requestTag, byType);
      const entry = byType.get(type) ?? { ids: new Set<string>(), atOnce: 0 };
      byType.set(type, entry);
      entry.ids.add(cloudId);
      const count = (now.get(`${requestTag} ${type}`) ?? 0) + Number(isLive);
      now.set(`${requestTag} ${type}`, count);
      entry.atOnce = Math.max(entry.atOnce, count);
    }
  }

  look();
  const timer = setInterval(look, everyMs);
  return {
    look,
    mayHaveEnded(name, atMs) {
      const life = lives.get(name);
      return life === undefined || life.endedAfterMs.some((endedAfterMs) => endedAfterMs <= atMs);
    },
    wasSeen: (name) => lives.has(name),
    madeBy: (requestTag) =>
      [...(made.get(requestTag) ?? [])].map(([type, { ids, atOnce }]) => ({
        type,
        cloudIds: [...ids],
        atOnce,
      })),
    requestTags: () => [...made.keys()],
    get seenCount() {
      return lives.size;
    },
    stop: () => clearInterval(timer),
  };
}
