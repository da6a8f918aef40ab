// The ids of a table in order, so that a page of a long listing costs a page and not the listing.

export interface IdIndex {
  /** An id that is there already stays there once. */
  add(id: string): void;
  delete(id: string): void;
  /** The ids behind `id`, in order, as they are now: later changes do not show. */
  after(id: string): Iterable<string>;
}

export function createIdIndex(): IdIndex {
  // Never changed in place, so that who walks along it is not disturbed.
  let sorted: readonly string[] = [];
  const changes = new Map<string, 'added' | 'deleted'>();

  const tidy = () => {
    if (changes.size === 0) return;
    const added = [...changes.keys()].filter((id) => changes.get(id) === 'added' && !contains(sorted, id));
    const kept = sorted.filter((id) => changes.get(id) !== 'deleted');
    sorted = merge(kept, added.sort(byText));
    changes.clear();
  };

  return {
    add: (id) => void changes.set(id, 'added'),
    delete: (id) => void changes.set(id, 'deleted'),
    *after(id) {
      tidy();
      const ids = sorted;
      const start = positionOf(ids, id);
      for (let i = ids[start] === id ? start + 1 : start; i < ids.length; i++) yield ids[i] ?? '';
    },
  };
}

function contains(ids: readonly string[], id: string): boolean {
  return ids[positionOf(ids, id)] === id;
}

/** Of the first id that is not before this one. */
function positionOf(ids: readonly string[], id: string): number {
  let from = 0;
  let to = ids.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ids[middle] ?? '') < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

function merge(left: readonly string[], right: readonly string[]): readonly string[] {
  if (right.length === 0) return left;
  // What is sorted in two runs is merged in linear time.
  return [...left, ...right].sort(byText);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
