// Asks the clouds now and then whether they still accept the stored credentials that anything uses, so that those who
// depend on them learn it from an event and not from a refused call. One process does it at a time, by a lease; the
// times at which credentials are due are spread as those at which they were stored are.
import { randomUUID } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import type { Clouds } from '@cloud-gateway/clouds';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { Credential, Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { askAboutCredentials, noteOpinion } from './ask-about-credentials.ts';

export interface CredentialCheckDeps {
  readonly store: Store;
  readonly vault: Pick<Vault, 'open'>;
  readonly clouds: Pick<Clouds, 'get'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How old what a cloud said last may become. */
  readonly intervalMs: number;
}

interface Round extends CredentialCheckDeps {
  readonly owner: string;
  readonly signal: AbortSignal;
}

const leaseName = 'credential-check';
const atOnce = 4;
const rowsPerPage = 100;
const answerTimeoutMs = 30_000;
// Longer than one step of a page may take, so that no other process begins in the middle of it.
const leaseMs = 2 * answerTimeoutMs;
const pauseMaxMs = 60_000;

/** Goes on until stopped. `stop` breaks off what is under way: nothing is noted of it. */
export function startCredentialCheck(deps: CredentialCheckDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const round: Round = { ...deps, owner: randomUUID(), signal: stopping.signal };
  // Often enough that nothing becomes much older than the interval.
  const pauseMs = Math.min(pauseMaxMs, deps.intervalMs / 10);
  const checking = (async () => {
    while (!stopping.signal.aborted) {
      await checkDue(round).catch((err: unknown) => {
        deps.log.warn('stored credentials could not be checked; trying again', { err });
      });
      await sleep(pauseMs, stopping.signal).catch(() => undefined);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await checking;
      await deps.store.read.leases.release(leaseName, round.owner).catch(() => undefined); // Else it runs out.
    },
  };
}

/** One round over all that are due. Those that a cloud gave no answer about stay due, and come again in the next. */
async function checkDue(round: Round): Promise<void> {
  const { store, clock, intervalMs, signal } = round;
  const checkedBefore = new Date(clock.nowMs() - intervalMs);
  let afterId: string | undefined;
  for (;;) {
    if (!(await holdsLease(round))) return;
    const page = await store.read.credentials.listDue({ checkedBefore, afterId, limit: rowsPerPage });
    for (let start = 0; start < page.length; start += atOnce) {
      if (signal.aborted || !(await holdsLease(round))) return;
      await Promise.all(page.slice(start, start + atOnce).map((credential) => check(round, credential)));
    }
    if (page.length < rowsPerPage) return;
    afterId = page.at(-1)?.id;
  }
}

async function holdsLease({ store, owner }: Round): Promise<boolean> {
  return (await store.read.leases.take(leaseName, { owner, leaseMs })) !== null;
}

async function check(
  { store, vault, clouds, clock, log, signal }: Round,
  credential: Credential,
): Promise<void> {
  const { id: credentialId, cloud, accountId } = credential;
  try {
    const opinion = await askAboutCredentials(
      { cloud: clouds.get(cloud), vault },
      credential,
      AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    );
    const isNews = await store.inTransaction((tx) => noteOpinion(tx, clock, credential, opinion));
    if (isNews) log.info('stored credentials changed their status', { credentialId, accountId, ...opinion });
  } catch (err) {
    if (!signal.aborted)
      log.debug('nothing was learned about stored credentials', { credentialId, cloud, err });
  }
}
