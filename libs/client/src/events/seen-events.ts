// The ids of the last events, by which repetitions are known. After a broken connection no more can come again than were
// under way; a relay that has died repeats no more than its last batch.

export interface SeenEvents {
  /** True when it is new; then it is remembered. */
  remember(id: string): boolean;
}

export function createSeenEvents({ memory = 10_000 }: { readonly memory?: number } = {}): SeenEvents {
  const ids = new Set<string>();
  return {
    remember(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > memory) {
        // A set keeps the order of insertion: the first is the oldest.
        const [oldest = id] = ids;
        ids.delete(oldest);
      }
      return true;
    },
  };
}
