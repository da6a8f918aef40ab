// What keeps a process from ending: sockets, servers, children, timers.

/** How many of each kind there are. Of `process.getActiveResourcesInfo()`, which names only what is not unreferenced. */
export type ActiveResources = ReadonlyMap<string, number>;

export function activeResources(): ActiveResources {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** The kinds of which there are more than before, such as `2 TCPSocketWrap`. */
export function moreThan(before: ActiveResources, now: ActiveResources = activeResources()): string[] {
  return [...now].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} ${kind}`] : [];
  });
}
