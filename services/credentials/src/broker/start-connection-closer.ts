// Closes the AMQP connections of those who may no longer be there: RabbitMQ asks at the log-in, and never again. The work
// is in the database (every log-in is noted there), so it is done however many processes die: each of them looks every
// second, and doing it twice does no harm.
//
// A log-in is dealt with twice. At once: after a revocation every connection of the client is closed, since nobody can
// see which token one was opened with; those with a good token come back. And once more when a handshake that was under
// way has had its time: it may have got in behind the first closing.
import type { Clock } from '@cloud-gateway/clock';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { OverLogin, Repositories } from '@cloud-gateway/store';
import type { BrokerManagement } from './broker-management.ts';
import { type ConnectionWindow, connectionWindow, latecomerWindow } from './connection-window.ts';

export interface ConnectionCloserDeps {
  readonly store: { readonly read: Pick<Repositories, 'brokerLogins'> };
  readonly management: BrokerManagement;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default 1 s. */
  readonly intervalMs?: number;
}

// RabbitMQ gives a handshake 10 s; its statistics are 5 s late.
const settledMs = 16_000;
const loginsAtOnce = 2_000;

/** Looks every `intervalMs`. `stop` waits for the closing that is under way. */
export function startConnectionCloser(deps: ConnectionCloserDeps): { stop(): Promise<void> } {
  const { log, intervalMs = 1_000 } = deps;
  const stopping = new AbortController();
  /** What this process has dealt with once, until it has been dealt with twice. */
  const begun = new Set<string>();
  let isFailing = false;

  async function look(): Promise<void> {
    try {
      await closeWhatIsOver(deps, begun, stopping.signal);
      if (isFailing) log.info('connections of revoked tokens are being closed again');
      isFailing = false;
    } catch (err) {
      // Once for a whole series: it comes every second.
      if (!isFailing)
        log.error('connections of revoked tokens cannot be closed; tried again every second', { err });
      isFailing = true;
    }
  }

  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(intervalMs, stopping.signal).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await looking;
    },
  };
}

async function closeWhatIsOver(
  deps: ConnectionCloserDeps,
  begun: Set<string>,
  stopping: AbortSignal,
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const over = await deps.store.read.brokerLogins.listOver({ now: new Date(nowMs), limit: loginsAtOnce });
  // Somebody wants the revoked ones gone now; those that expire can wait for them.
  const urgent = over.filter(({ reason }) => reason !== 'expired');
  const ordered = [...urgent, ...over.filter(({ reason }) => reason === 'expired')];
  const keys = new Set(ordered.map(keyOf));
  for (const key of begun) if (!keys.has(key)) begun.delete(key); // Another process has ended it.
  for (const login of ordered) {
    if (stopping.aborted) return;
    const key = keyOf(login);
    const isSettled = nowMs - login.overSince.getTime() >= settledMs;
    if (!begun.has(key)) await closeAtOnce(deps, login);
    begun.add(key);
    if (!isSettled) continue;
    await closeOpened(deps, login, latecomerWindow(login));
    const { clientId, tokenId, lastAt } = login;
    await deps.store.read.brokerLogins.end({ clientId, tokenId, lastAt });
    begun.delete(key);
  }
}

function keyOf({ clientId, tokenId, lastAt }: OverLogin): string {
  return `${clientId} ${tokenId} ${lastAt.getTime()}`;
}

async function closeAtOnce(deps: ConnectionCloserDeps, login: OverLogin): Promise<void> {
  if (login.reason === 'expired') return closeOpened(deps, login, connectionWindow(login));
  const { management, log } = deps;
  const connections = await management.connectionsOf(login.clientId);
  for (const connection of connections) await management.close(connection, reasons[login.reason]);
  if (connections.length > 0) log.info('closed connections to the broker', told(login, connections.length));
}

async function closeOpened(
  { management, log }: ConnectionCloserDeps,
  login: OverLogin,
  { fromMs, toMs }: ConnectionWindow,
): Promise<void> {
  let closed = 0;
  for (const connection of await management.connectionsOf(login.clientId)) {
    const atMs = await management.connectedAtMs(connection);
    if (atMs === undefined || atMs < fromMs || atMs > toMs) continue;
    await management.close(connection, reasons[login.reason]);
    closed += 1;
  }
  if (closed > 0) log.info('closed connections to the broker', told(login, closed));
}

const reasons = {
  revoked: 'The token of this connection was revoked. Connect with another one.',
  disabled: 'The client of this connection is disabled. Ask an administrator.',
  expired: 'The token of this connection has expired. Make a new one and connect with it.',
};

function told({ clientId, tokenId, reason }: OverLogin, connections: number) {
  return { clientId, tokenId, reason, connections };
}
