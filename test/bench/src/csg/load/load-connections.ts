// New connections, each for one request: a few at a time, as fast as they come.
import type { AccessKey } from '../calls/access-key.ts';
import { databaseHost } from '../calls/hosts.ts';
import { createItemRequests } from './create-item-requests.ts';
import { createItemClient, secureContextOf } from './item-client.ts';
import { type LoadTarget, openConnection } from './open-connection.ts';

export interface ConnectionsLoad {
  readonly target: LoadTarget;
  readonly key: AccessKey;
  readonly seconds: number;
  /** Every connection tries to resume the session of one before. */
  readonly resumes: boolean;
}

export interface ConnectionsResult {
  readonly connections: number;
  readonly connectionsPerSecond: number;
  /** How many of those that tried to resume did, from 0 to 1; 0 when none tried. */
  readonly resumedShare: number;
}

/** Rejects on the first failed connection or wrong answer. */
export async function loadConnections({
  target,
  key,
  seconds,
  resumes,
}: ConnectionsLoad): Promise<ConnectionsResult> {
  const secureContext = secureContextOf(target.authority);
  const nextRequest = createItemRequests(key);
  let session: Buffer | undefined;

  async function callOnce(resumed: Buffer | undefined): Promise<boolean> {
    const socket = await openConnection({
      target,
      host: databaseHost,
      secureContext,
      session: resumed,
      ...(resumes && {
        onSession: (ticket: Buffer) => {
          session = ticket;
        },
      }),
    });
    const client = createItemClient(socket);
    try {
      const { isRight, status } = await client.call(nextRequest());
      if (!isRight) throw new Error(`a request was not answered rightly: status ${status}`);
      return socket.isSessionReused();
    } finally {
      client.close();
    }
  }

  await callOnce(undefined);
  let connections = 0;
  let resumed = 0;
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + seconds * 1_000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < endsAtMs) {
        if (await callOnce(session)) resumed++;
        connections++;
      }
    }),
  );
  return {
    connections: connections + 1,
    connectionsPerSecond: (connections / (performance.now() - startedAtMs)) * 1_000,
    resumedShare: resumed / connections,
  };
}

const atOnce = 4;
