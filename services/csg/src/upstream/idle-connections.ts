// Connections that nobody uses just now, by pool. The last one that came back is given out first, so that those that are
// not needed grow old and are closed.
import type { PooledConnection } from './pooled-connection.ts';

export interface IdleConnections {
  /** The one that rested last. */
  last(pool: string): PooledConnection | undefined;
  add(connection: PooledConnection): void;
  remove(connection: PooledConnection): void;
  /** Of all pools, the one that has rested longest. Looks at every pool. */
  oldest(): PooledConnection | undefined;
  /** Those that began to rest before then. Forgets pools without connections. */
  restingSinceBefore(ms: number): PooledConnection[];
  readonly size: number;
}

export function createIdleConnections(): IdleConnections {
  // In each list the oldest is the first one.
  const byPool = new Map<string, PooledConnection[]>();
  let size = 0;

  return {
    last: (pool) => byPool.get(pool)?.at(-1),
    add(connection) {
      const list = byPool.get(connection.pool);
      if (list === undefined) byPool.set(connection.pool, [connection]);
      else list.push(connection);
      size += 1;
    },
    remove(connection) {
      const list = byPool.get(connection.pool);
      const index = list?.lastIndexOf(connection) ?? -1;
      if (list === undefined || index < 0) return;
      if (index === list.length - 1) list.pop();
      else list.splice(index, 1);
      size -= 1;
    },
    oldest() {
      let oldest: PooledConnection | undefined;
      for (const [first] of byPool.values()) {
        if (first !== undefined && first.idleSinceMs < (oldest?.idleSinceMs ?? Infinity)) oldest = first;
      }
      return oldest;
    },
    restingSinceBefore(ms) {
      const found: PooledConnection[] = [];
      for (const [pool, list] of byPool) {
        if (list.length === 0) byPool.delete(pool);
        for (const connection of list) if (connection.idleSinceMs < ms) found.push(connection);
      }
      return found;
    },
    get size() {
      return size;
    },
  };
}
