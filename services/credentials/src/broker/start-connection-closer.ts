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

/** Of the log-ins that are over, what this process has done about them. */
interface Progress {
  /** Dealt with once, until they have been dealt with twice. */
  readonly begun: Set<string>;
  /** Could not be dealt with at the last attempt. */
  readonly failed: Set<string>;
}

/** Looks every `intervalMs`. `stop` waits for the closing that is under way. */
export function startConnectionCloser(deps: ConnectionCloserDeps): { stop(): Promise<void> } {
  const { log, intervalMs = 1_000 } = deps;
  const stopping = new AbortController();
  const progress: Progress = { begun: new Set(), failed: new Set() };
  let isFailing = false;

  async function look(): Promise<void> {
    try {
      await closeWhatIsOver(deps, progress, stopping.signal);
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

/** Rejects with the first failure when it has done what it could. */
async function closeWhatIsOver(
  deps: ConnectionCloserDeps,
  progress: Progress,
  stopping: AbortSignal,
): Promise<void> {
  const { begun, failed } = progress;
  const nowMs = deps.clock.nowMs();
  const over = await deps.store.read.brokerLogins.listOver({ now: new Date(nowMs), limit: loginsAtOnce });
  forgetOthers(progress, new Set(over.map(keyOf)));
  const failures: unknown[] = [];
  for (const login of inOrder(over, progress, nowMs)) {
    if (stopping.aborted) return;
    const key = keyOf(login);
    try {
      if (!begun.has(key)) await closeAtOnce(deps, login);
      begun.add(key);
      if (isSettled(login, nowMs)) await closeLatecomers(deps, login);
      failed.delete(key);
    } catch (err) {
      failed.add(key);
      failures.push(err);
      // The API itself seems to be away: each further attempt would only wait for its deadline.
      if (failures.length === failuresMax) break;
    }
  }
  if (failures.length > 0) throw failures[0];
}

const failuresMax = 3;

/** What is no longer listed has ended, here or in another process. */
function forgetOthers({ begun, failed }: Progress, keys: ReadonlySet<string>): void {
  for (const known of [begun, failed]) for (const key of known) if (!keys.has(key)) known.delete(key);
}

/**
 * What there is to do now. Somebody wants the revoked ones gone at once; of those that expire only some are done before
 * the next look; and one whose connection cannot be closed keeps nobody waiting.
 */
function inOrder(over: readonly OverLogin[], { begun, failed }: Progress, nowMs: number): OverLogin[] {
  const due = over.filter((login) => !begun.has(keyOf(login)) || isSettled(login, nowMs));
  const first = due.filter((login) => !failed.has(keyOf(login)));
  return [
    ...first.filter(({ reason }) => reason !== 'expired'),
    ...first.filter(({ reason }) => reason === 'expired').slice(0, expiredAtOnce),
    ...due.filter((login) => failed.has(keyOf(login))),
  ];
}

const expiredAtOnce = 200;

function isSettled({ overSince }: OverLogin, nowMs: number): boolean {
  return nowMs - overSince.getTime() >= settledMs;
}

function keyOf({ clientId, tokenId, lastAt }: OverLogin): string {
  return `${clientId} ${tokenId} ${lastAt.getTime()}`;
}

async function closeAtOnce(deps: ConnectionCloserDeps, login: OverLogin): Promise<void> {
  if (login.reason === 'expired') return closeOpened(deps, login, connectionWindow(login));
  await closeEach(deps, login, await deps.management.connectionsOf(login.clientId));
}

async function closeLatecomers(deps: ConnectionCloserDeps, login: OverLogin): Promise<void> {
  await closeOpened(deps, login, latecomerWindow(login));
  const { clientId, tokenId, lastAt } = login;
  await deps.store.read.brokerLogins.end({ clientId, tokenId, lastAt });
}

async function closeOpened(
  deps: ConnectionCloserDeps,
  login: OverLogin,
  { fromMs, toMs }: ConnectionWindow,
): Promise<void> {
  const opened: string[] = [];
  for (const connection of await deps.management.connectionsOf(login.clientId)) {
    const atMs = await deps.management.connectedAtMs(connection);
    if (atMs !== undefined && atMs >= fromMs && atMs <= toMs) opened.push(connection);
  }
  await closeEach(deps, login, opened);
}

/** All that can be closed, before it rejects with why one could not. */
async function closeEach(
  { management, log }: ConnectionCloserDeps,
  { clientId, tokenId, reason }: OverLogin,
  names: readonly string[],
): Promise<void> {
  const failures: unknown[] = [];
  for (const name of names) {
    await management.close(name, reasons[reason]).catch((err: unknown) => failures.push(err));
  }
  const connections = names.length - failures.length;
  if (connections > 0)
    log.info('closed connections to the broker', { clientId, tokenId, reason, connections });
  if (failures.length > 0) throw failures[0];
}

const reasons = {
  revoked: 'The token of this connection was revoked. Connect with another one.',
  disabled: 'The client of this connection is disabled. Ask an administrator.',
  expired: 'The token of this connection has expired. Make a new one and connect with it.',
};
