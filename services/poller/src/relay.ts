// Brings events from the outbox to the broker, in order. One relay works at a time, whoever holds the lease; the others
// wait to take over. An event is marked after the broker has confirmed it: dying in between publishes it again with the
// same id, never not at all.
//
// Modes: `waiting` (another holds the lease) ⇄ `leading` (publishing) → `stopped`.

import type { OutgoingEvent } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';

export interface RelayOptions {
  readonly store: Store;
  readonly publisher: { publish(events: readonly OutgoingEvent[]): Promise<void> };
  /** Unique among all relays. */
  readonly owner: string;
  readonly log: Logger;
  readonly settings: RelaySettings;
  readonly onPublished?: (count: number) => void;
}

export interface RelaySettings {
  /** How often to look while nothing waits. */
  readonly idleMs: number;
  readonly batchSize: number;
  /** How long another relay waits for a sign of life of this one. Longer than a publish may take. */
  readonly leaseMs: number;
}

const leaseName = 'outbox-relay';

export class Relay {
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #mode: 'waiting' | 'leading' | 'stopped' = 'waiting';
  #leasedAtMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  /** Ends the pause between two turns. */
  #endPause: () => void = () => undefined;
  #isWoken = false;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  get isLeading(): boolean {
    return this.#mode === 'leading';
  }

  /** False while store or broker refuse. */
  get isHealthy(): boolean {
    return this.#failures === 0;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Events were written: looks for them now, not after the pause. After a failure the pause stays. */
  wake(): void {
    this.#isWoken = true;
    if (this.#mayBeWoken) this.#endPause();
  }

  /** Ends after the batch under way, and gives the lease back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endPause();
    await this.#loop;
    const wasLeading = this.#mode === 'leading';
    this.#setMode('stopped');
    const { store, owner } = this.#options;
    // Whoever waits takes over when the lease runs out, if the store cannot be told.
    if (wasLeading) await store.read.leases.release(leaseName, owner).catch(() => undefined);
  }

  get #mayBeWoken(): boolean {
    return this.#failures === 0 && this.#mode === 'leading';
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#isWoken = false;
      const pauseMs = await this.#turn();
      if (pauseMs > 0) await this.#pause(pauseMs);
    }
  }

  async #pause(pauseMs: number): Promise<void> {
    const ending = new AbortController();
    this.#endPause = () => ending.abort();
    if (this.#stopping.signal.aborted || (this.#isWoken && this.#mayBeWoken)) return;
    await sleep(pauseMs, ending.signal).catch(() => undefined);
  }

  /** Returns how long to wait before the next turn. */
  async #turn(): Promise<number> {
    const { settings, log } = this.#options;
    try {
      if (!(await this.#holdLease())) return settings.leaseMs / 5;
      const published = await this.#publishBatch();
      if (this.#failures > 0) log.info('events flow again');
      this.#failures = 0;
      return published === settings.batchSize ? 0 : settings.idleMs;
    } catch (err) {
      this.#failures += 1;
      if (this.#failures === 1) log.warn('events wait in the outbox: store or broker refuses', { err });
      return settings.idleMs + retryDelayMs({ attempt: this.#failures, baseMs: 50, maxMs: 2_000 });
    }
  }

  async #holdLease(): Promise<boolean> {
    const { store, owner, settings } = this.#options;
    const nowMs = performance.now();
    if (this.#mode === 'leading' && nowMs - this.#leasedAtMs < settings.leaseMs / 3) return true;
    const epoch = await store.read.leases.take(leaseName, { owner, leaseMs: settings.leaseMs });
    this.#leasedAtMs = nowMs;
    this.#setMode(epoch === null ? 'waiting' : 'leading');
    return epoch !== null;
  }

  async #publishBatch(): Promise<number> {
    const { store, publisher, settings, onPublished } = this.#options;
    const events = await store.read.outbox.listWaiting(settings.batchSize);
    if (events.length === 0) return 0;
    await publisher.publish(events);
    await store.read.outbox.markPublished(events.map(({ outboxId }) => outboxId));
    onPublished?.(events.length);
    return events.length;
  }

  #setMode(mode: 'waiting' | 'leading' | 'stopped'): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#options.log.info(`the relay is ${mode}`, { owner: this.#options.owner });
  }
}
