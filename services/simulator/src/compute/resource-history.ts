// How resources were before their latest changes, for as long as Describe calls do not see those yet.

interface Version<T> {
  readonly resource: T;
  /** When it was changed or deleted. */
  readonly changedAtMs: number;
}

export interface ResourceHistory<T> {
  has(id: string): boolean;
  add(id: string, version: Version<T>): void;
  /** The resource at a time; undefined when it has not changed since. Forgets what was before. */
  at(id: string, atMs: number): T | undefined;
}

export function createResourceHistory<T>(): ResourceHistory<T> {
  const versions = new Map<string, readonly Version<T>[]>();
  return {
    has: (id) => versions.has(id),
    add: (id, version) => void versions.set(id, [...(versions.get(id) ?? []), version]),
    at(id, atMs) {
      const later = (versions.get(id) ?? []).filter(({ changedAtMs }) => changedAtMs > atMs);
      if (later.length > 0) versions.set(id, later);
      else versions.delete(id);
      return later[0]?.resource;
    },
  };
}
