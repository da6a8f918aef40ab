// Takes due units and polls them, a bounded number at once.
//
// Modes: `idle` → `running` (start) → `stopped` (stop: takes nothing more, gives back what is under way). Every unit
// under way has a heartbeat that keeps its lease; a lost lease ends its poll.
import type { Cloud } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import { type LeasedUnit, StaleEpochError, type Store } from '@cloud-gateway/store';
import { type PollOutcome, stopping } from './poll-unit.ts';

export interface PollWorkerOptions {
  readonly store: Store;
  readonly clouds: readonly Cloud[];
  /** Unique among all pollers. */
  readonly owner: string;
  readonly poll: (cloud: Cloud, unit: LeasedUnit, signal: AbortSignal) => Promise<PollOutcome>;
  readonly report: PollReport;
  readonly log: Logger;
  readonly settings: PollWorkerSettings;
}

export interface PollReport {
  started(unit: LeasedUnit): void;
  finished(unit: LeasedUnit, outcome: PollOutcome, durationMs: number): void;
}

export interface PollWorkerSettings {
  /** How many units at once. */
  readonly concurrency: number;
  /** How often to look for due units. */
  readonly scanMs: number;
  /** How long a unit stays ours without a sign of life. */
  readonly leaseMs: number;
  /** How long one poll may take. */
  readonly pollTimeoutMs: number;
}

export class PollWorker {
  readonly #options: PollWorkerOptions;
  readonly #stopping = new AbortController();
  readonly #underWay = new Map<AbortController, Promise<void>>();
  #loop: Promise<void> = Promise.resolve();
  #storeFailures = 0;
  /** Ends the pause between two scans. */
  #wake: () => void = () => undefined;

  constructor(options: PollWorkerOptions) {
    this.#options = options;
  }

  /** True while the store answers. */
  get isHealthy(): boolean {
    return this.#storeFailures === 0;
  }

  get underWayCount(): number {
    return this.#underWay.size;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Takes nothing more and gives back what is under way. Resolves when all of it has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#loop;
    for (const ending of this.#underWay.keys()) ending.abort(stopping);
    await Promise.all(this.#underWay.values());
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const pauseMs = await this.#takeDue();
      await this.#pause(pauseMs);
    }
  }

  /** Returns how long to wait before looking again. */
  async #takeDue(): Promise<number> {
    const { store, clouds, owner, settings, log } = this.#options;
    const limit = settings.concurrency - this.#underWay.size;
    if (limit <= 0) return settings.scanMs;
    try {
      const due = { owner, leaseMs: settings.leaseMs, limit, clouds: clouds.map(({ id }) => id) };
      const units = await store.inTransaction((tx) => tx.pollUnits.leaseDue(due));
      this.#storeFailures = 0;
      for (const unit of units) this.#begin(unit);
      return settings.scanMs;
    } catch (err) {
      this.#storeFailures += 1;
      if (this.#storeFailures === 1) log.warn('the store does not answer; polling waits for it', { err });
      return settings.scanMs + retryDelayMs({ attempt: this.#storeFailures, baseMs: 100, maxMs: 5_000 });
    }
  }

  #begin(unit: LeasedUnit): void {
    const ending = new AbortController();
    const polling = this.#pollOne(unit, ending).finally(() => {
      this.#underWay.delete(ending);
      this.#wake();
    });
    this.#underWay.set(ending, polling);
  }

  async #pollOne(unit: LeasedUnit, ending: AbortController): Promise<void> {
    const { clouds, poll, report, log, settings } = this.#options;
    const cloud = clouds.find(({ id }) => id === unit.cloud);
    if (cloud === undefined) return;
    const startedMs = performance.now();
    const deadline = setTimeout(() => ending.abort(tooLong(settings.pollTimeoutMs)), settings.pollTimeoutMs);
    const heartbeat = setInterval(() => void this.#keepLease(unit, ending), settings.leaseMs / 3);
    report.started(unit);
    try {
      const outcome = await poll(cloud, unit, ending.signal);
      report.finished(unit, outcome, Math.round(performance.now() - startedMs));
    } catch (err) {
      // Only the store can have failed here: the outcome could not be noted, and the lease will run out.
      log.warn('the outcome of a poll could not be noted', {
        account: unit.accountId,
        region: unit.region,
        err,
      });
    } finally {
      clearTimeout(deadline);
      clearInterval(heartbeat);
    }
  }

  // A store that does not answer decides nothing: the next beat may come through, and every write checks the epoch.
  async #keepLease(unit: LeasedUnit, ending: AbortController): Promise<void> {
    const { store, settings, log } = this.#options;
    try {
      const kept = await store.read.pollUnits.extend(unit, settings.leaseMs);
      if (!kept) ending.abort(new StaleEpochError(unit));
    } catch (err) {
      log.debug('a heartbeat did not come through', { account: unit.accountId, err });
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const waking = new AbortController();
    this.#wake = () => waking.abort();
    if (this.#stopping.signal.aborted) return;
    await sleep(milliseconds, waking.signal).catch(() => undefined);
  }
}

function tooLong(pollTimeoutMs: number): GatewayError {
  return new GatewayError('cloud-timeout', { message: `The listing did not end within ${pollTimeoutMs} ms` });
}
