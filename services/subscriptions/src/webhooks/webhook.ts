// Delivers the events of one webhook: takes them off its queue, posts each until it is taken, and acknowledges it then.
// What is not acknowledged when this ends, or dies, is delivered by the next process, under the same id.
//
// Modes: `running` → `stopped`. Within running it may be paused: the receiver has said for how long.
import type { KeyObject } from 'node:crypto';
import type { Clock } from '@cloud-gateway/clock';
import { topology } from '@cloud-gateway/contracts';
import {
  type BrokerConnection,
  consumeWebhookQueue,
  type WebhookDelivery,
  type WebhookQueueConsumer,
} from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { type AccountLanes, createAccountLanes } from './account-lanes.ts';
import { type AttemptMemory, type Attempts, createAttemptMemory } from './attempt-memory.ts';
import { type Decision, decideNext } from './decide-next.ts';
import { createNeighbours } from './neighbours.ts';
import type { WebhookPoster } from './post-webhook.ts';
import { orderKeyOf, outgoingEventOf } from './webhook-event.ts';
import { webhookHeaders } from './webhook-headers.ts';
import type { WebhookMeter } from './webhook-meter.ts';
import type { WebhookSettings } from './webhook-settings.ts';

export interface WebhookDeps {
  readonly store: { readonly read: Pick<Store['read'], 'webhookDeadLetters'> };
  readonly connection: BrokerConnection;
  readonly poster: WebhookPoster;
  /** Tells the time that receivers see. */
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly meter: WebhookMeter;
  readonly settings: WebhookSettings;
}

export interface WebhookTarget {
  readonly subscriptionId: string;
  readonly url: URL;
  readonly timeoutMs: number;
  readonly key: KeyObject;
}

interface HeldEvent {
  readonly delivery: WebhookDelivery;
  readonly receivedAtMs: number;
  /** Which channel it came by: of an earlier one it comes again. */
  readonly channel: number;
}

/** Starts to deliver. A queue that is not there yet is looked for at each `lookAfter`. */
export async function startWebhook(deps: WebhookDeps, target: WebhookTarget): Promise<Webhook> {
  const webhook = new Webhook(deps, target);
  await webhook.start();
  return webhook;
}

export class Webhook {
  readonly #deps: WebhookDeps;
  readonly #target: WebhookTarget;
  readonly #log: Logger;
  readonly #lanes: AccountLanes<HeldEvent>;
  readonly #memory: AttemptMemory;
  readonly #neighbours = createNeighbours();
  readonly #underWay = new Map<HeldEvent, Promise<void>>();
  readonly #ending = new AbortController();
  #consumer: WebhookQueueConsumer | undefined;
  #channel = 0;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(deps: WebhookDeps, target: WebhookTarget) {
    this.#deps = deps;
    this.#target = target;
    this.#log = deps.log.child({ subscriptionId: target.subscriptionId });
    this.#memory = createAttemptMemory(2 * deps.settings.window);
    this.#lanes = createAccountLanes<HeldEvent>({ nowMs: () => performance.now() });
  }

  async start(): Promise<void> {
    const { connection, settings } = this.#deps;
    this.#consumer = await consumeWebhookQueue({
      connection,
      queue: topology.webhookQueue(this.#target.subscriptionId),
      prefetch: settings.window,
      onDelivery: (delivery) => this.#receive(delivery),
      onLost: () => this.#forgetHeld(),
      log: this.#log,
    });
  }

  /** To be called now and then: opens what is closed, and gives back what has been held for too long. */
  async lookAfter(): Promise<void> {
    this.#consumer?.reopen();
    this.#relieve();
    this.#pump();
    const held = [...this.#lanes.heads(), ...this.#underWay.keys()].filter((event) => this.#isHeld(event));
    const oldestMs = Math.min(...held.map(({ receivedAtMs }) => receivedAtMs));
    if (performance.now() - oldestMs > this.#deps.settings.holdMaxMs) await this.#consumer?.renew();
  }

  /** Takes no more, waits `drainMs` for the answers under way, then gives back what is not acknowledged. */
  async stop(drainMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const draining = setTimeout(() => this.#ending.abort(), drainMs);
    await Promise.all(this.#underWay.values());
    clearTimeout(draining);
    await this.#consumer?.stop();
  }

  #receive(delivery: WebhookDelivery): void {
    if (this.#stopped) return;
    // A dead letter that is sent again has the id of its first life.
    if (!delivery.redelivered) this.#memory.forget(delivery.id);
    const key = orderKeyOf(delivery.payload);
    this.#lanes.add(key, { delivery, receivedAtMs: performance.now(), channel: this.#channel });
    this.#relieve();
    this.#pump();
  }

  #forgetHeld(): void {
    this.#channel += 1;
    this.#lanes.clear();
  }

  #isHeld({ channel }: HeldEvent): boolean {
    return channel === this.#channel;
  }

  /** Begins as many posts as there may be. */
  #pump(): void {
    const nowMs = performance.now();
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    while (nowMs >= this.#pausedUntilMs && this.#underWay.size < this.#deps.settings.parallel) {
      const taken = this.#lanes.take(nowMs);
      if (taken === undefined) break;
      this.#begin(taken.key, taken.item);
    }
    this.#wakeLater(nowMs);
  }

  #wakeLater(nowMs: number): void {
    const nextAtMs = this.#lanes.nextAtMs();
    // With all places taken, the end of a post is what is waited for.
    if (nextAtMs === undefined || this.#underWay.size >= this.#deps.settings.parallel) return;
    const delayMs = Math.max(nextAtMs, this.#pausedUntilMs, nowMs + 1) - nowMs;
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.ceil(delayMs), 2 ** 31 - 1));
  }

  #begin(key: string, event: HeldEvent): void {
    const handling = this.#handle(key, event)
      .catch((err: unknown) => {
        this.#log.error('an event of a webhook could not be handled; it is tried again', { err });
        this.#lanes.putBack(
          key,
          this.#isHeld(event) ? event : undefined,
          performance.now() + this.#deps.settings.storeRetryMs,
        );
      })
      .finally(() => {
        this.#underWay.delete(event);
        this.#relieve();
        this.#pump();
      });
    this.#underWay.set(event, handling);
  }

  async #handle(key: string, event: HeldEvent): Promise<void> {
    const { id } = event.delivery;
    if (this.#memory.takeDone(id)) return this.#finish(key, event, true);
    const attempts = this.#memory.of(id, performance.now());
    if (attempts.givenUp === undefined) {
      attempts.count += 1;
      const decision = await this.#post(event, attempts);
      if (this.#ending.signal.aborted && decision.next !== 'done') return;
      this.#neighbours.note(key, decision.next === 'done', performance.now());
      this.#pause(decision.pauseMs);
      if (decision.next === 'done') return this.#finish(key, event, true);
      if (decision.next === 'retry' && !this.#mustGiveWay(key)) {
        this.#lanes.putBack(
          key,
          this.#isHeld(event) ? event : undefined,
          performance.now() + decision.afterMs,
        );
        return;
      }
      attempts.givenUp = decision;
    }
    await this.#bury(key, event, attempts, attempts.givenUp);
  }

  async #post({ delivery }: HeldEvent, attempts: Attempts): Promise<Decision> {
    const { poster, clock, random, settings, meter } = this.#deps;
    const { url, key, timeoutMs } = this.#target;
    const startedMs = performance.now();
    const result = await poster.post({
      url,
      headers: webhookHeaders(delivery, { key, nowMs: clock.nowMs() }),
      body: delivery.payload,
      timeoutMs,
      signal: this.#ending.signal,
    });
    const nowMs = performance.now();
    const decision = decideNext(
      {
        result,
        attempts: attempts.count,
        sinceFirstMs: nowMs - attempts.firstAtMs,
        nowMs: clock.nowMs(),
        random: random(),
      },
      settings.retry,
    );
    const { outcome } = decision;
    const durationMs = Math.round(nowMs - startedMs);
    meter.posted(outcome, durationMs);
    this.#log.debug('posted', { eventId: delivery.id, attempt: attempts.count, outcome, durationMs });
    return decision;
  }

  /** Puts it on the list of dead letters; the next event of its account has its turn. */
  async #bury(key: string, event: HeldEvent, attempts: Attempts, { status, error }: Decision): Promise<void> {
    const { store, clock, meter } = this.#deps;
    await store.read.webhookDeadLetters.add({
      id: mintId('dlt', clock),
      subscriptionId: this.#target.subscriptionId,
      event: outgoingEventOf(event.delivery),
      attempts: attempts.count,
      lastStatus: status,
      lastError: error,
      at: new Date(clock.nowMs()),
    });
    meter.gaveUp();
    const { id: eventId } = event.delivery;
    this.#log.warn('an event of a webhook is a dead letter now', {
      eventId,
      attempts: attempts.count,
      status,
      error,
    });
    this.#finish(key, event, false);
  }

  #finish(key: string, { delivery }: HeldEvent, isDelivered: boolean): void {
    this.#memory.forget(delivery.id);
    if (!delivery.ack()) this.#memory.noteDone(delivery.id);
    this.#lanes.finish(key, { isDelivered });
  }

  #pause(ms: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, performance.now() + ms);
  }

  /** An account whose events fail while those of others are taken must not fill the window: it loses its patience. */
  #mustGiveWay(key: string): boolean {
    const failingSinceMs = this.#lanes.failingSinceMs(key);
    return (
      failingSinceMs !== undefined &&
      // A single 503 is no reason, however full the window is at that moment.
      performance.now() - failingSinceMs >= this.#deps.settings.patienceMs &&
      this.#lanes.crowdingKey(this.#deps.settings.window / 2) === key &&
      this.#neighbours.wereTakenSince(key, failingSinceMs)
    );
  }

  #relieve(): void {
    const key = this.#lanes.crowdingKey(this.#deps.settings.window / 2);
    if (key !== undefined && this.#mustGiveWay(key)) this.#lanes.hurry(key);
  }
}
