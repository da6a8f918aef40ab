// Remembers what was loaded, for a short time and a bounded number of keys; the key used longest ago goes first. Of
// several who ask for one key at once, one loads and all get its result.
//
// What it must never do is give, after forget(), a value whose loading began before it: so loads under way are
// forgotten too, whatever they will turn out to hold.

export interface BriefCacheOptions {
  readonly ttlMs: number;
  readonly entriesMax: number;
  readonly nowMs: () => number;
}

export interface BriefCache<T> {
  /** Gives the remembered value, else what `load` gives. `undefined` and failures are not remembered. */
  get(key: string, load: () => Promise<T | undefined>): Promise<T | undefined>;
  forget(matches: (value: T) => boolean): void;
  forgetAll(): void;
}

interface Entry<T> {
  readonly loading: Promise<T | undefined>;
  /** Before the load, not after it: a slow load must not make its value look newer. */
  readonly startedAtMs: number;
  /** Set once loaded. */
  value?: T;
}

export function createBriefCache<T>({ ttlMs, entriesMax, nowMs }: BriefCacheOptions): BriefCache<T> {
  // A Map keeps the order of insertion: the first key is the one used longest ago.
  const entries = new Map<string, Entry<T>>();

  function fresh(key: string): Entry<T> | undefined {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    const ageMs = nowMs() - entry.startedAtMs;
    // A clock that was set back would otherwise keep the entry for as long as it was set back.
    if (ageMs < 0 || ageMs >= ttlMs) return undefined;
    entries.set(key, entry);
    return entry;
  }

  function start(key: string, load: () => Promise<T | undefined>): Entry<T> {
    const entry: Entry<T> = { loading: load(), startedAtMs: nowMs() };
    entries.set(key, entry);
    if (entries.size > entriesMax) dropOldest(entries);
    entry.loading.then(
      (value) => {
        if (value !== undefined) entry.value = value;
        else if (entries.get(key) === entry) entries.delete(key);
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry;
  }

  return {
    get: (key, load) => (fresh(key) ?? start(key, load)).loading,

    forget(matches) {
      for (const [key, { value }] of entries) {
        if (value === undefined || matches(value)) entries.delete(key);
      }
    },

    forgetAll: () => entries.clear(),
  };
}

function dropOldest(entries: Map<string, unknown>): void {
  const oldest = entries.keys().next();
  if (!oldest.done) entries.delete(oldest.value);
}
