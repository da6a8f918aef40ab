// Brings batches of usage records into the database, or else onto the disk and from there into the database later, in
// this process or the next. A batch keeps its id, so whatever is tried twice counts once.
import { isGatewayError } from '@cloud-gateway/contracts';
import { type Logger, sleep, withDeadline } from '@cloud-gateway/runtime';
import type { Store, UsageBatch } from '@cloud-gateway/store';
import { repeatEvery } from '../repeat-every.ts';
import type { ReportLoss } from './loss-report.ts';
import type { Claim, UsageSpool } from './usage-spool.ts';

export interface BatchDelivery {
  /** Takes a batch and returns at once. */
  deliver(batch: UsageBatch): void;
  /** Resolves when everything is in the database or on the disk. */
  stop(): Promise<void>;
}

export interface BatchDeliveryDeps {
  readonly store: Pick<Store, 'inTransaction' | 'ping'>;
  readonly spool: UsageSpool;
  readonly log: Logger;
  /** Is told how many calls were lost. */
  readonly reportLoss: ReportLoss;
  /** How often to look whether the disk holds something that can be stored. Default: 1 s. */
  readonly drainMs?: number;
  /** How long one batch may take. Default: 5 s. */
  readonly storeDeadlineMs?: number;
}

/** When so many batches wait, the database is too slow: the disk takes the rest, until it is quieter. */
const waitingForStoreMax = 20;
/** When so many wait for the disk as well, the newest is lost. */
const waitingMax = 200;
const pauseAfterDiskFailureMs = 500;
const lastAttempts = 3;
const pingDeadlineMs = 2000;

export function createBatchDelivery(deps: BatchDeliveryDeps): BatchDelivery {
  const { store, spool, log, reportLoss, drainMs = 1000, storeDeadlineMs = 5000 } = deps;
  const waiting: UsageBatch[] = [];
  let working: Promise<void> | undefined;
  let isStoreAway = false;
  let isStopping = false;
  let diskFailures = 0;
  const draining = repeatEvery(drainMs, drain);

  return {
    deliver,
    async stop() {
      isStopping = true;
      await draining.stop();
      await working;
    },
  };

  function deliver(batch: UsageBatch): void {
    if (waiting.length >= waitingMax) {
      reportLoss(batch.calls.length);
      return;
    }
    waiting.push(batch);
    working ??= work().finally(() => {
      working = undefined;
    });
  }

  async function work(): Promise<void> {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const isTooMuch = waiting.length >= waitingForStoreMax;
      if (!isStoreAway && !isTooMuch && (await storeBatch(batch)) === 'stored') continue;
      await keepOnDisk(batch);
    }
  }

  async function storeBatch(batch: UsageBatch): Promise<'stored' | 'later' | 'never'> {
    try {
      const stored = store.inTransaction((tx) => tx.usage.append(batch));
      await withDeadline(stored, storeDeadlineMs, late);
      if (isStoreAway) log.info('usage records are stored again');
      isStoreAway = false;
      return 'stored';
    } catch (err) {
      // The repository says so where the values themselves are at fault.
      if (isGatewayError(err) && err.code === 'internal') {
        log.error('the database refuses usage records', { err, batch: batch.id, calls: batch.calls.length });
        return 'never';
      }
      noteStoreFailure(err);
      return 'later';
    }
  }

  function noteStoreFailure(err: unknown): void {
    if (!isStoreAway) log.warn('usage records cannot be stored: they are kept on disk', { err });
    isStoreAway = true;
  }

  /** What the disk does not take either waits in memory. */
  async function keepOnDisk(batch: UsageBatch): Promise<void> {
    try {
      const isKept = await spool.write(batch);
      diskFailures = 0;
      if (!isKept) reportLoss(batch.calls.length);
    } catch (err) {
      diskFailures += 1;
      if (diskFailures === 1) log.error('usage records can neither be stored nor kept on disk', { err });
      if (isStopping && diskFailures >= lastAttempts) {
        reportLoss(batch.calls.length);
        return;
      }
      waiting.unshift(batch);
      await sleep(pauseAfterDiskFailureMs);
      // Perhaps the database is back before the disk is.
      isStoreAway = false;
    }
  }

  async function drain(): Promise<void> {
    try {
      if (isStoreAway) {
        await withDeadline(store.ping(), pingDeadlineMs, late);
        isStoreAway = false;
      }
      if (spool.bytes === 0) return;
      for (const name of await spool.list()) {
        if (isStopping || isStoreAway) return;
        const claim = await spool.claim(name);
        if (claim !== undefined) await storeClaimed(name, claim);
      }
    } catch (err) {
      noteStoreFailure(err);
    }
  }

  async function storeClaimed(name: string, claim: Claim): Promise<void> {
    const outcome = claim.batch === undefined ? 'never' : await storeBatch(claim.batch);
    if (outcome === 'stored') await claim.done();
    else if (outcome === 'later') await claim.giveBack();
    else log.error('spooled usage records are put aside', { name, path: await claim.setAside() });
  }
}

function late(): Error {
  return new Error('The database did not answer in time');
}
