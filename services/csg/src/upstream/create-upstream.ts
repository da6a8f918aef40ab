// The proxy's connections to the clouds: raw sockets, because the proxy writes and reads HTTP/1.1 itself.
//
// A connection is lent for one call and comes back by release(), or never by destroy(). Idle ones are kept per host and
// closed before the cloud does. Their number is bounded in total: at the bound an idle one of another host is given up for
// a new one, and when all are in use, callers wait in line for a while.
import type { Socket } from 'node:net';
import type { Clock } from '@cloud-gateway/clock';
import type { UpstreamProxy } from '@cloud-gateway/clouds';
import { createIdleConnections } from './idle-connections.ts';
import { openConnection, type UpstreamTarget } from './open-connection.ts';
import { trustContext } from './open-tls.ts';
import type { EndpointMap } from './parse-endpoint-map.ts';
import { PooledConnection } from './pooled-connection.ts';
import { createTlsSessions } from './tls-sessions.ts';
import { UpstreamError } from './upstream-error.ts';
import { createWaitingLine } from './waiting-line.ts';

export interface UpstreamOptions {
  /** Undefined: straight to the clouds. */
  readonly proxy: UpstreamProxy | undefined;
  /** PEM of authorities to trust besides the well-known ones. */
  readonly extraCa: string | undefined;
  readonly endpoints: EndpointMap;
  readonly timeouts: UpstreamTimeouts;
  readonly limits: UpstreamLimits;
  readonly clock: Clock;
}

interface UpstreamTimeouts {
  /** For the TCP connection, and again for the answer of the upstream proxy. */
  readonly connectMs: number;
  readonly tlsMs: number;
  /** How long a connection is kept that nobody uses. AWS closes them after some 20 s. */
  readonly idleMs: number;
  /** How long a caller waits when all connections are in use. */
  readonly waitMs: number;
}

interface UpstreamLimits {
  /** In use, idle and being opened together. */
  readonly connectionsMax: number;
}

export interface Upstream {
  /** An idle connection, if there is one. */
  tryAcquire(target: UpstreamTarget): UpstreamConnection | undefined;
  /** An idle connection or a new one. Rejects with UpstreamError: nothing was sent then. */
  acquire(target: UpstreamTarget, signal?: AbortSignal): Promise<UpstreamConnection>;
  counts(): UpstreamCounts;
  /** Destroys every connection, lent ones too. What is acquired afterwards is refused. */
  close(): void;
}

interface UpstreamCounts {
  /** In use, idle and being opened. */
  readonly open: number;
  readonly idle: number;
  /** Callers in the line. */
  readonly waiting: number;
}

/** A connection that is lent to one caller. */
export interface UpstreamConnection {
  /** Nobody listens to its data and it is not paused: the first listener gets the first byte. */
  readonly socket: Socket;
  /** It has carried a call before: the cloud may be closing it in this very moment. */
  readonly reused: boolean;
  /** Gives it back. Only after the whole answer to the whole request, and without listeners of the caller left on it. */
  release(): void;
  /** Safe to repeat, and without effect after release(). */
  destroy(): void;
}

const tlsSessionsMax = 1000;
const sweepsPerIdleTime = 4;

export function createUpstream(options: UpstreamOptions): Upstream {
  const { timeouts, limits, clock } = options;
  const deps = {
    ...options,
    context: trustContext(options.extraCa),
    sessions: createTlsSessions({ hostsMax: tlsSessionsMax }),
  };
  const idle = createIdleConnections();
  const all = new Set<PooledConnection>();
  const opening = new Set<AbortController>();
  // Served with a connection, or with the permission to open one.
  const line = createWaitingLine<PooledConnection | 'room'>({ withinMs: timeouts.waitMs });
  let open = 0;
  let isClosed = false;
  const sweeper = setInterval(sweep, Math.max(1, timeouts.idleMs / sweepsPerIdleTime)).unref();

  function takeIdle(pool: string): PooledConnection | undefined {
    for (;;) {
      const connection = idle.last(pool);
      if (connection === undefined) return undefined;
      // The clock may have been set back meanwhile; such a connection has no known age.
      const restedMs = clock.nowMs() - connection.idleSinceMs;
      if (restedMs >= 0 && restedMs <= timeouts.idleMs && connection.isReusable) {
        idle.remove(connection);
        connection.wake();
        return connection;
      }
      discard(connection);
    }
  }

  function giveBack(connection: PooledConnection): void {
    const { firstPool } = line;
    // Whoever waits longest is next, also where that costs a connection: else a busy host would starve the others.
    const isWanted = firstPool === undefined || firstPool === connection.pool;
    if (isClosed || !isWanted || !connection.isReusable) {
      discard(connection);
    } else if (firstPool !== undefined) {
      line.serveFirst(connection);
    } else {
      connection.rest(clock.nowMs());
      idle.add(connection);
    }
  }

  function discard(connection: PooledConnection): void {
    if (!all.delete(connection)) return;
    if (connection.isIdle) idle.remove(connection);
    connection.socket.destroy();
    leaveRoom();
  }

  function leaveRoom(): void {
    open -= 1;
    if (line.length === 0) return;
    open += 1;
    line.serveFirst('room');
  }

  /** Undefined: there is room for a new one, already counted. */
  async function connectionOrRoom(
    pool: string,
    signal: AbortSignal | undefined,
  ): Promise<PooledConnection | undefined> {
    if (open >= limits.connectionsMax) {
      const oldest = idle.oldest();
      if (oldest === undefined) {
        const served = await line.wait(pool, signal);
        return served === 'room' ? undefined : served;
      }
      discard(oldest);
    }
    open += 1;
    return undefined;
  }

  async function openNew(target: UpstreamTarget, signal: AbortSignal | undefined): Promise<PooledConnection> {
    const giveUp = new AbortController();
    const onAbort = (): void => giveUp.abort();
    opening.add(giveUp);
    signal?.addEventListener('abort', onAbort);
    if (isClosed || signal?.aborted === true) onAbort();
    try {
      const socket = await openConnection(deps, target, giveUp.signal);
      const connection = new PooledConnection({ pool: poolOf(target), socket, onUnusable: discard });
      all.add(connection);
      return connection;
    } catch (err) {
      leaveRoom();
      throw err;
    } finally {
      opening.delete(giveUp);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  function sweep(): void {
    for (const connection of idle.restingSinceBefore(clock.nowMs() - timeouts.idleMs)) discard(connection);
  }

  const lend = (connection: PooledConnection, reused: boolean): UpstreamConnection =>
    new LentConnection(connection, { reused, giveBack, discard });

  return {
    tryAcquire(target) {
      const connection = takeIdle(poolOf(target));
      return connection && lend(connection, true);
    },
    async acquire(target, signal) {
      if (isClosed) throw stopping();
      const pool = poolOf(target);
      const kept = takeIdle(pool) ?? (await connectionOrRoom(pool, signal));
      if (kept !== undefined) return lend(kept, true);
      return lend(await openNew(target, signal), false);
    },
    counts: () => ({ open, idle: idle.size, waiting: line.length }),
    close() {
      isClosed = true;
      clearInterval(sweeper);
      line.rejectAll(stopping());
      for (const giveUp of opening) giveUp.abort();
      for (const connection of all) discard(connection);
    },
  };
}

interface LentConnectionDeps {
  readonly reused: boolean;
  readonly giveBack: (connection: PooledConnection) => void;
  readonly discard: (connection: PooledConnection) => void;
}

/** Made for each call, so that a caller who speaks up late does nothing to the connection of the next one. */
class LentConnection implements UpstreamConnection {
  readonly socket: Socket;
  readonly reused: boolean;
  readonly #deps: LentConnectionDeps;
  #connection: PooledConnection | undefined;

  constructor(connection: PooledConnection, deps: LentConnectionDeps) {
    this.socket = connection.socket;
    this.reused = deps.reused;
    this.#connection = connection;
    this.#deps = deps;
  }

  release(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) this.#deps.giveBack(connection);
  }

  destroy(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) this.#deps.discard(connection);
  }
}

/** Which connections are as good as each other. */
function poolOf({ host, port }: UpstreamTarget): string {
  return port === 443 ? host : `${host}:${port}`;
}

function stopping(): UpstreamError {
  return new UpstreamError('closed', 'the gateway is stopping');
}
