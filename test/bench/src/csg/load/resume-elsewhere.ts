// Sessions that begin at one process of a proxy and go on at another.
import { once } from 'node:events';
import { databaseHost } from '../calls/hosts.ts';
import { secureContextOf } from './item-client.ts';
import { type LoadTarget, openConnection } from './open-connection.ts';

export interface ResumeElsewhere {
  readonly from: LoadTarget;
  readonly to: LoadTarget;
  readonly times: number;
}

/** Gives the share of sessions that were resumed, from 0 to 1. */
export async function resumeElsewhere({ from, to, times }: ResumeElsewhere): Promise<number> {
  let resumed = 0;
  for (let at = 0; at < times; at++) {
    const [first, second] = at % 2 === 0 ? [from, to] : [to, from];
    if (await isResumed(await newSession(first), second)) resumed++;
  }
  return resumed / times;
}

async function newSession(target: LoadTarget): Promise<Buffer> {
  const sessions: Buffer[] = [];
  const socket = await openConnection({
    target,
    host: databaseHost,
    secureContext: secureContextOf(target.authority),
    onSession: (session) => sessions.push(session),
  });
  socket.on('error', () => undefined);
  socket.resume();
  try {
    // In TLS 1.3 the ticket comes after the handshake.
    if (sessions.length === 0) await once(socket, 'session', { signal: AbortSignal.timeout(5_000) });
    return sessions[0] as Buffer; // there is one by now
  } finally {
    socket.destroy();
  }
}

async function isResumed(session: Buffer, target: LoadTarget): Promise<boolean> {
  const secureContext = secureContextOf(target.authority);
  const socket = await openConnection({ target, host: databaseHost, secureContext, session });
  socket.on('error', () => undefined);
  try {
    return socket.isSessionReused();
  } finally {
    socket.destroy();
  }
}
