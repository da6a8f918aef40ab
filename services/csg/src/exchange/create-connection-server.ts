// Serves every connection that the front hands over, and knows when all of them are done.
import type { Clock, SkewGuard } from '@cloud-gateway/clock';
import { type Logger, withDeadline } from '@cloud-gateway/runtime';
import type { SigningKeyCache } from '@cloud-gateway/sigv4';
import type { CredentialLender } from '../cloud-credentials/create-credential-lender.ts';
import type { CsgConfig } from '../config.ts';
import type { ClientConnection } from '../front/client-connection.ts';
import { createWire } from '../http1/wire.ts';
import type { KeyDirectory } from '../keys/create-key-directory.ts';
import type { Upstream } from '../upstream/create-upstream.ts';
import type { CallCounter } from '../usage/create-call-counter.ts';
import type { UsageRecorder } from '../usage/create-usage-recorder.ts';
import { perMinuteLimit } from './per-minute-limit.ts';
import { recordOfCall } from './record-of-call.ts';
import { type ServeDeps, serveConnection } from './serve-connection.ts';
import type { Spool } from './spool.ts';

export interface ConnectionServerDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly keys: KeyDirectory;
  readonly lender: CredentialLender;
  readonly upstream: Upstream;
  readonly usage: UsageRecorder;
  readonly callCounts: CallCounter;
  readonly signingKeys: SigningKeyCache;
  readonly skewGuard: SkewGuard;
  readonly spool: Spool;
  readonly config: CsgConfig;
}

export interface ConnectionServer {
  serve(connection: ClientConnection): void;
  /** Lets calls that are under way finish, for so long at the most; idle connections end at once. */
  drain(withinMs: number): Promise<void>;
}

export function createConnectionServer(deps: ConnectionServerDeps): ConnectionServer {
  const { usage, clock, log, config } = deps;
  const mayStoreUnverified = perMinuteLimit(unverifiedPerMinute, clock);
  let isStopping = false;
  const busy = new Set<Promise<void>>();
  const endIdle = new Set<() => void>();

  const serveDeps: ServeDeps = {
    ...deps,
    memory: {
      bodyBytesMax: bodyInMemoryMax,
      totalBytesMax: config.GATEWAY_CSG_BODY_MEMORY_BYTES,
      inUse: 0,
    },
    timeouts: {
      answerMs: config.GATEWAY_CSG_ANSWER_TIMEOUT_MS,
      idleMs: config.GATEWAY_CSG_IDLE_TIMEOUT_MS,
    },
    limits: {
      keepAliveMs: config.GATEWAY_CSG_KEEP_ALIVE_MS,
      headMs: config.GATEWAY_CSG_HEAD_TIMEOUT_MS,
      headBytesMax: config.GATEWAY_CSG_HEAD_LIMIT_BYTES,
      idleMs: config.GATEWAY_CSG_IDLE_TIMEOUT_MS,
    },
    isStopping: () => isStopping,
    record(call) {
      // Anybody can name a key: what is refused before its owner is known must not fill the database.
      const isStored = call.isVerified || call.key === undefined || mayStoreUnverified();
      usage.record(recordOfCall(isStored ? call : { ...call, key: undefined }, clock));
    },
  };

  return {
    serve({ socket, mode, host, clientAddress }) {
      const wire = createWire(socket);
      const connection = { wire, mode, host, clientAddress, isIdle: true, lastTarget: undefined };
      const endIfIdle = (): void => {
        if (connection.isIdle) socket.destroy();
      };
      endIdle.add(endIfIdle);
      const serving = serveConnection(serveDeps, connection)
        .catch((err: unknown) => {
          log.error('a connection could not be served', { err, clientAddress });
          socket.destroy();
        })
        .finally(() => {
          busy.delete(serving);
          endIdle.delete(endIfIdle);
        });
      busy.add(serving);
    },
    async drain(withinMs) {
      isStopping = true;
      for (const endIfIdle of endIdle) endIfIdle();
      await withDeadline(Promise.all(busy), withinMs, () => new Error('calls are still under way')).catch(
        () => log.warn('calls that took too long were cut off', { connections: busy.size }),
      );
    },
  };
}

const bodyInMemoryMax = 256 * 1024;
const unverifiedPerMinute = 600;
