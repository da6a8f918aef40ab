// Events as an iteration: subscribe, hand out one after the other, drop repetitions, unsubscribe at the end.
//
// What is handed out is acknowledged when the next one is asked for, so an event whose handling broke off is delivered
// again to whoever consumes next. Repetitions are found when an event is handed out, not when it arrives: what had only
// arrived when a connection broke comes again, and is new.
import type { AnyEvent } from '@cloud-gateway/contracts';
import { localProblem } from '../gateway-problem.ts';
import { createDeferred } from './deferred.ts';
import type { Delivery } from './event-consumer.ts';
import type { EventsOptions } from './events-options.ts';
import { type FeedDeps, feedEvents } from './feed-events.ts';
import { closeSubscription, openSubscription } from './open-subscription.ts';
import { createSeenEvents } from './seen-events.ts';
import type { Subscription } from './subscription.ts';

export interface EventStream extends AsyncIterableIterator<AnyEvent> {
  /** Resolves when events flow: the subscription is made, and consumed. Begins it, when no event was asked for yet. */
  ready(): Promise<Subscription>;
  /** Of a stream: the offset of the last event that was handed out. */
  lastOffset(): number | undefined;
  /** Ends it, as `break` does. Rejects when the subscription could not be removed. */
  return(): Promise<IteratorResult<AnyEvent>>;
}

export interface EventStreamDeps extends FeedDeps {
  /** It has ended. */
  readonly onEnd: (stream: EventStream) => void;
}

export function createEventStream(options: EventsOptions, deps: EventStreamDeps): EventStream {
  return new SubscribedEventStream(options, deps);
}

/** Modes: new → running (consuming, or on the way to it) → ended, by its user or by what cannot be mended. */
class SubscribedEventStream implements EventStream {
  readonly #options: EventsOptions;
  readonly #deps: EventStreamDeps;
  readonly #seen = createSeenEvents();
  readonly #ending = new AbortController();
  /** Breaks off the making of a subscription, some time after the end. */
  readonly #impatient = new AbortController();
  readonly #ready = createDeferred<Subscription>();
  /** The last call of next(). */
  #turn: Promise<unknown> = Promise.resolve();
  #arrived: Delivery[] = [];
  #inHand: Delivery | undefined;
  #lastOffset: number | undefined;
  #subscription: Subscription | undefined;
  #running: Promise<void> | undefined;
  #ended: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  /** Resolves at the next arrival, or at the end. */
  #news = createDeferred<void>();

  constructor(options: EventsOptions, deps: EventStreamDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#ready.promise.catch(() => undefined); // For those who do not ask for it.
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  ready(): Promise<Subscription> {
    this.#start();
    return this.#ready.promise;
  }

  lastOffset(): number | undefined {
    return this.#lastOffset;
  }

  /** Calls at the same time take turns, as those of a generator do: each acknowledges what the one before handed out. */
  next(): Promise<IteratorResult<AnyEvent>> {
    this.#start();
    const result = this.#turn.then(() => this.#nextInTurn());
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #nextInTurn(): Promise<IteratorResult<AnyEvent>> {
    this.#inHand?.ack();
    this.#inHand = undefined;
    while (!this.#ending.signal.aborted) {
      const delivery = this.#arrived.shift();
      if (!delivery) await this.#news.promise;
      else if (this.#seen.remember(delivery.event.id)) return this.#handOut(delivery);
      else delivery.ack();
    }
    return this.#tellEnd();
  }

  async return(): Promise<IteratorResult<AnyEvent>> {
    await this.#end();
    return { done: true, value: undefined };
  }

  #handOut(delivery: Delivery): IteratorResult<AnyEvent> {
    this.#inHand = delivery;
    this.#lastOffset = delivery.offset ?? this.#lastOffset;
    return { done: false, value: delivery.event };
  }

  async #tellEnd(): Promise<IteratorResult<AnyEvent>> {
    await this.#end();
    const failure = this.#failure;
    this.#failure = undefined; // Told once; after that it has just ended.
    if (failure) throw failure.error;
    return { done: true, value: undefined };
  }

  #start(): void {
    if (this.#running || this.#ended) return;
    const { signal } = this.#options;
    signal?.addEventListener('abort', this.#endAside);
    if (signal?.aborted) this.#endAside();
    else this.#running = this.#runToTheEnd();
  }

  async #runToTheEnd(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      if (this.#ending.signal.aborted) return; // It was broken off.
      this.#failure = { error };
      this.#ready.reject(error);
      this.#endAside();
    }
  }

  async #run(): Promise<void> {
    const subscription = await openSubscription(this.#deps.call, this.#options, this.#impatient.signal);
    this.#subscription = subscription;
    await feedEvents(this.#deps, {
      subscription,
      options: this.#options,
      signal: this.#ending.signal,
      lastOffset: () => this.#lastOffset,
      onOpen: () => this.#ready.resolve(subscription),
      onDelivery: (delivery) => {
        this.#arrived.push(delivery);
        this.#tellNews();
      },
      onLost: () => {
        this.#arrived = [];
      },
    });
  }

  #tellNews(): void {
    this.#news.resolve();
    this.#news = createDeferred();
  }

  /** Its outcome is told by next() and return(). */
  readonly #endAside = (): void => {
    this.#end().catch(() => undefined);
  };

  #end(): Promise<void> {
    this.#ended ??= this.#endOnce();
    return this.#ended;
  }

  async #endOnce(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#endAside);
    this.#ending.abort();
    this.#tellNews();
    this.#ready.reject(loopEnded());
    // A subscription that is just being made is waited for, so that it can be removed.
    const patience = setTimeout(() => this.#impatient.abort(loopEnded()), 5_000);
    try {
      await this.#running;
      if (this.#subscription) await closeSubscription(this.#deps.call, this.#options, this.#subscription);
    } catch (error) {
      if (!this.#failure) throw error; // What ended it tells more than what came after it.
    } finally {
      clearTimeout(patience);
      this.#deps.onEnd(this);
    }
  }
}

function loopEnded() {
  return localProblem('unavailable', 'The loop over events has ended.', { retryable: false });
}
