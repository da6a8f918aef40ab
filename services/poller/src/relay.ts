// Brings events from the outbox to the broker, in order. One relay works at a time, whoever holds the lease; the others
// wait to take over. An event is marked after the broker has confirmed it: dying in between publishes it again with the
// same id, never not at all. Between two turns it lets subscriptions join that have been given what was stored.
//
// Modes: `waiting` (another holds the lease) ⇄ `leading` (publishing) → `stopped`.

import type { OutgoingEvent } from '@cloud-gateway/contracts';
import type { SubscriptionQueues } from '@cloud-gateway/messaging';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { joinSubscriptions } from './join-subscriptions.ts';
import { publishWaiting } from './publish-waiting.ts';

export interface RelayOptions {
  readonly store: Store;
  readonly publisher: { publish(events: readonly OutgoingEvent[]): Promise<void> };
  readonly queues: Pick<SubscriptionQueues, 'put' | 'bind' | 'unbind'>;
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
  /** How often to look for subscriptions that wait to join. */
  readonly joinMs: number;
}

const leaseName = 'outbox-relay';
// What cannot join keeps live events waiting while it is tried.
const failedJoinFactor = 10;

export class Relay {
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #mode: 'waiting' | 'leading' | 'stopped' = 'waiting';
  #leasedAtMs = Number.NEGATIVE_INFINITY;
  #nextJoinAtMs = Number.NEGATIVE_INFINITY;
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
      if (this.#isJoinDue() && !(await this.#join())) return settings.leaseMs / 5;
      const isDone = await this.#publishWaiting();
      if (this.#failures > 0) log.info('events flow again');
      this.#failures = 0;
      return isDone ? settings.idleMs : 0;
    } catch (err) {
      this.#failures += 1;
      if (this.#failures === 1) log.warn('events wait in the outbox: store or broker refuses', { err });
      return settings.idleMs + retryDelayMs({ attempt: this.#failures, baseMs: 50, maxMs: 2_000 });
    }
  }

  async #holdLease(): Promise<boolean> {
    const isYoung = performance.now() - this.#leasedAtMs < this.#options.settings.leaseMs / 3;
    return (this.#mode === 'leading' && isYoung) || this.#takeLease();
  }

  async #takeLease(): Promise<boolean> {
    const { store, owner, settings } = this.#options;
    const nowMs = performance.now();
    const epoch = await store.read.leases.take(leaseName, { owner, leaseMs: settings.leaseMs });
    this.#leasedAtMs = nowMs;
    this.#setMode(epoch === null ? 'waiting' : 'leading');
    return epoch !== null;
  }

  #publishWaiting(): Promise<boolean> {
    const { store, publisher, settings, onPublished } = this.#options;
    return publishWaiting({
      outbox: store.read.outbox,
      publisher,
      batchSize: settings.batchSize,
      onPublished,
      mayGoOn: async () => !this.#stopping.signal.aborted && !this.#isJoinDue() && (await this.#holdLease()),
    });
  }

  #isJoinDue(): boolean {
    return performance.now() >= this.#nextJoinAtMs;
  }

  /** Returns whether the lease is still held. */
  async #join(): Promise<boolean> {
    const { store, queues, log, settings } = this.#options;
    const lease = {
      renew: () => this.#takeLease(),
      isHeld: () => this.#mode === 'leading' && performance.now() - this.#leasedAtMs < settings.leaseMs,
    };
    const isDone = await joinSubscriptions({ store, queues, lease, log });
    this.#nextJoinAtMs = performance.now() + settings.joinMs * (isDone ? 1 : failedJoinFactor);
    return this.#holdLease();
  }

  #setMode(mode: 'waiting' | 'leading' | 'stopped'): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#options.log.info(`the relay is ${mode}`, { owner: this.#options.owner });
  }
}
