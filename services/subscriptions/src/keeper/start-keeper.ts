// The loop of the one process that keeps the broker equal to the database. Modes: waiting (another leads) ⇄ leading →
// stopped.
import { isGatewayError } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import { checkQueues } from './check-queues.ts';
import { fenceQueues } from './fence-queues.ts';
import { followDifferences } from './follow-differences.ts';
import type { KeeperDeps } from './keeper-deps.ts';
import { Leadership, LeadershipLostError } from './leadership.ts';
import { removeEnded } from './remove-ended.ts';
import { replayStored } from './replay-stored.ts';

export interface KeeperOptions extends Omit<KeeperDeps, 'assertLeading' | 'postpone'> {
  readonly owner: string;
  readonly settings: KeeperSettings;
  /** Called now and then while leading. */
  readonly measure: () => Promise<void>;
  /** Called when this process leads no more. */
  readonly forgetMeasured: () => void;
}

interface KeeperSettings {
  readonly reconcileMs: number;
  readonly checkMs: number;
  readonly measureMs: number;
  readonly leaseMs: number;
  /** Between two slices of stored events, so that a replay leaves the broker and the database to the others. */
  readonly replayPauseMs: number;
}

export interface Keeper {
  /** Something has changed: looks now, not after the pause. */
  wake(): void;
  /** The broker may have lost something: compares everything. */
  check(): void;
  isLeading(): boolean;
  /** Ends after the step under way, and lets another process lead. */
  stop(): Promise<void>;
}

export function startKeeper(options: KeeperOptions): Keeper {
  const { store, owner, log, settings } = options;
  const leadership = new Leadership({ store, owner, leaseMs: settings.leaseMs });
  const stopping = new AbortController();
  const deps: KeeperDeps = {
    ...options,
    queues: fenceQueues(options.queues, () => leadership.assertHeld()),
    async assertLeading() {
      if (stopping.signal.aborted) throw new LeadershipLostError();
      await leadership.assertHeld();
    },
    postpone(err) {
      postponed.push(err);
    },
  };
  /** What was not done in this turn. */
  const postponed: unknown[] = [];
  let endPause: () => void = () => undefined;
  let isWoken = false;
  let isLeading = false;
  let failures = 0;
  /** Nothing can be done at all: not even a change is a reason to look before the pause is over. */
  let isAway = false;
  let checkAtMs = 0;
  let measureAtMs = 0;
  const loop = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isWoken = false;
      const pauseMs = await turn();
      await pause(pauseMs);
    }
    await leadership.release();
  }

  /** Returns how long to wait. */
  async function turn(): Promise<number> {
    try {
      setLeading(await leadership.hold());
      if (!isLeading) return settings.leaseMs / 5;
      const isMore = await lead();
      isAway = false;
      if (postponed.length > 0) {
        const pauseMs = failed(postponed[0]);
        return isMore ? settings.replayPauseMs : pauseMs;
      }
      if (failures > 0) log.info('subscriptions are kept again');
      failures = 0;
      return isMore ? settings.replayPauseMs : untilNextMs();
    } catch (err) {
      if (err instanceof LeadershipLostError) return 0;
      isAway = true;
      return failed(err);
    }
  }

  function failed(err: unknown): number {
    failures += 1;
    noteFailure(log, failures, err);
    return 50 + retryDelayMs({ attempt: failures, baseMs: 200, maxMs: 5_000 });
  }

  async function lead(): Promise<boolean> {
    postponed.length = 0;
    if (performance.now() >= checkAtMs) await check();
    const isMoreToFollow = await followDifferences(deps);
    await removeEnded(deps);
    const isMoreToReplay = await replayStored(deps);
    if (performance.now() >= measureAtMs) {
      measureAtMs = performance.now() + settings.measureMs;
      await options.measure();
    }
    return isMoreToFollow || isMoreToReplay;
  }

  function untilNextMs(): number {
    const nextMs = Math.min(checkAtMs, measureAtMs) - performance.now();
    return Math.max(0, Math.min(settings.reconcileMs, nextMs));
  }

  async function check(): Promise<void> {
    const startedMs = performance.now();
    checkAtMs = Number.POSITIVE_INFINITY;
    try {
      const isLeftOver = await checkQueues(deps);
      const isPostponed = postponed.length > 0;
      const againInMs = isPostponed ? postponedMs : leftOverMs;
      // Asked for meanwhile: that one is still to come.
      const inMs = isLeftOver || isPostponed ? Math.min(againInMs, settings.checkMs) : settings.checkMs;
      checkAtMs = Math.min(checkAtMs, startedMs + inMs);
    } catch (err) {
      checkAtMs = 0;
      throw err;
    }
  }

  function setLeading(leads: boolean): void {
    if (leads === isLeading) return;
    isLeading = leads;
    if (leads) checkAtMs = 0;
    else options.forgetMeasured();
    log.info(leads ? 'keeps the subscriptions' : 'another process keeps the subscriptions', { owner });
  }

  async function pause(pauseMs: number): Promise<void> {
    const ending = new AbortController();
    endPause = () => ending.abort();
    if (stopping.signal.aborted || (isWoken && !isAway)) return;
    await sleep(pauseMs, ending.signal).catch(() => undefined);
  }

  function wake(): void {
    isWoken = true;
    if (isLeading && !isAway) endPause();
  }

  return {
    wake,
    check() {
      checkAtMs = 0;
      wake();
    },
    isLeading: () => isLeading,
    async stop() {
      stopping.abort();
      endPause();
      await loop;
    },
  };
}

const leftOverMs = 5_000;
const postponedMs = 30_000;

function noteFailure(log: Logger, failures: number, err: unknown): void {
  if (failures > 1) return;
  if (isGatewayError(err) && err.retryable)
    log.warn('subscriptions are not kept: store or broker refuses; it is tried again', { err });
  else log.error('subscriptions are not kept; it is tried again', { err });
}
