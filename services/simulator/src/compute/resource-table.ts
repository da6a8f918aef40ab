// What one account has of one type in one region: the truth, and what Describe calls see of it. The two differ as at
// EC2, which is eventually consistent: a new resource is not listed at once, and a change shows late.
//   https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
import { createIdIndex } from './id-index.ts';
import { createResourceHistory } from './resource-history.ts';

interface Resource {
  /** Ids are the order of listings. */
  readonly id: string;
  readonly createdAtMs: number;
}

export interface TableTimes {
  /** The world's time. */
  readonly nowMs: () => number;
  /** How long a new resource is invisible to Describe calls. */
  readonly lagMs: () => number;
  /** How long Describe calls show a resource as it was before a change, or show one that is deleted. */
  readonly changeLagMs: () => number;
}

interface TableOptions<T> extends TableTimes {
  /** Brings a resource to where time has taken it; undefined when it has disappeared. Default: time does nothing. */
  readonly settle?: (resource: T, nowMs: number) => T | undefined;
}

/** Nobody ever reads a resource that time has overtaken: reads settle. */
export interface ResourceTable<T extends Resource> {
  /** How many there are, with those that have disappeared since they were last read. */
  readonly size: number;
  /** The truth. */
  get(id: string): T | undefined;
  all(): T[];
  put(resource: T): void;
  delete(id: string): void;
  /** What a Describe sees. */
  seen(id: string): T | undefined;
  allSeen(): T[];
  /** What a Describe sees, in the order of ids, of those after `id`; it costs what is taken of it. */
  seenAfter(id: string): Iterable<T>;
}

export function createResourceTable<T extends Resource>(options: TableOptions<T>): ResourceTable<T> {
  const { nowMs, lagMs, changeLagMs } = options;
  const settle = options.settle ?? ((resource: T) => resource);
  const current = new Map<string, T>();
  const history = createResourceHistory<T>();
  const index = createIdIndex();

  const get = (id: string): T | undefined => {
    const resource = current.get(id);
    if (!resource) return undefined;
    const settled = settle(resource, nowMs());
    if (settled) {
      if (settled !== resource) current.set(id, settled);
    } else {
      current.delete(id);
      if (!history.has(id)) index.delete(id);
    }
    return settled;
  };

  const seen = (id: string): T | undefined => {
    const resource = seenVersion(id);
    return resource && resource.createdAtMs + lagMs() <= nowMs() ? resource : undefined;
  };

  const seenVersion = (id: string): T | undefined => {
    if (!history.has(id)) return get(id);
    const earlier = history.at(id, nowMs() - changeLagMs());
    if (earlier) return settle(earlier, nowMs());
    const now = get(id);
    if (!now) index.delete(id);
    return now;
  };

  const remember = (id: string) => {
    const before = changeLagMs() > 0 ? get(id) : undefined;
    if (before) history.add(id, { resource: before, changedAtMs: nowMs() });
  };

  function* seenAfter(id: string): Generator<T> {
    for (const next of index.after(id)) {
      const resource = seen(next);
      if (resource) yield resource;
    }
  }

  return {
    get size() {
      return current.size;
    },
    get,
    all: () => [...current.keys()].flatMap((id) => get(id) ?? []),
    put(resource) {
      remember(resource.id);
      if (!current.has(resource.id)) index.add(resource.id);
      current.set(resource.id, resource);
    },
    delete(id) {
      remember(id);
      current.delete(id);
      if (!history.has(id)) index.delete(id);
    },
    seen,
    allSeen: () => [...seenAfter('')],
    seenAfter,
  };
}
