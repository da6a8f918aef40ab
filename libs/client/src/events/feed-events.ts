// Keeps a consumer on a subscription's queue, over every break of the connection, until it is told to stop or finds what
// waiting does not mend.
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelModel } from 'amqplib';
import type { BrokerLogin } from '../broker/broker-address.ts';
import { abortable } from '../calls/abortable.ts';
import type { Caller } from '../calls/create-caller.ts';
import { backoffMs } from '../calls/repeat-delay.ts';
import { isGatewayProblem, localProblem } from '../gateway-problem.ts';
import { consumeArgumentsOf } from './consume-arguments.ts';
import { type Delivery, type EventConsumer, openEventConsumer } from './event-consumer.ts';
import type { EventsOptions } from './events-options.ts';
import { showSubscription } from './open-subscription.ts';
import type { Subscription } from './subscription.ts';

export interface FeedDeps {
  readonly call: Caller;
  /** As whom to enter the broker of this subscription. Rejects with GatewayProblem: that of the login. */
  readonly login: (subscription: Subscription) => Promise<BrokerLogin>;
  /** Rejects with GatewayProblem: `unauthenticated` when this login is refused. */
  readonly connect: (subscription: Subscription, login: BrokerLogin) => Promise<ChannelModel>;
}

export interface Feed {
  readonly subscription: Subscription;
  readonly options: EventsOptions;
  /** Stops it. */
  readonly signal: AbortSignal;
  /** Of a stream: where to go on after a break. */
  readonly lastOffset: () => number | undefined;
  readonly onOpen: () => void;
  readonly onDelivery: (delivery: Delivery) => void;
  /** What was delivered and not acknowledged will be delivered again. */
  readonly onLost: () => void;
}

/** Resolves when it was stopped. Rejects with GatewayProblem when it cannot go on. */
export async function feedEvents(deps: FeedDeps, feed: Feed): Promise<void> {
  let failures = 0;
  let refusals = 0;
  while (!feed.signal.aborted) {
    const attempt = await consumeUntilLost(deps, feed);
    if (feed.signal.aborted) return;
    failures = attempt.wasOpen ? 1 : failures + 1;
    refusals = attempt.wasOpen || !isRefusal(attempt.reason) ? 0 : refusals + 1;
    feed.options.onDisconnect?.(attempt.reason);
    if (refusals >= refusalsMax) throw refused(attempt.reason);
    await mustGoOn(deps, feed, attempt.reason);
    await delay(backoffMs(failures, Math.random), undefined, { signal: feed.signal }).catch(() => undefined);
  }
}

const refusalsMax = 5;

interface Attempt {
  readonly reason: unknown;
  readonly wasOpen: boolean;
}

async function consumeUntilLost(deps: FeedDeps, feed: Feed): Promise<Attempt> {
  let model: ChannelModel | undefined;
  let consumer: EventConsumer | undefined;
  try {
    model = await connect(deps, feed);
    consumer = await consume(model, feed);
    feed.onOpen();
    return { reason: await abortable(consumer.lost, feed.signal), wasOpen: true };
  } catch (reason) {
    return { reason, wasOpen: consumer !== undefined };
  } finally {
    feed.onLost();
    await consumer?.close();
    await model?.close().catch(() => undefined); // The broker may have closed it already.
  }
}

async function connect({ login, connect }: FeedDeps, { subscription, signal }: Feed): Promise<ChannelModel> {
  const connecting = login(subscription).then((found) => connect(subscription, found));
  try {
    return await abortable(connecting, signal);
  } catch (error) {
    connecting.then((model) => model.close()).catch(() => undefined); // Nobody waits for it any more.
    throw error;
  }
}

function consume(model: ChannelModel, { subscription, options, lastOffset, onDelivery }: Feed) {
  const { connect, id } = subscription;
  if (!connect) throw localProblem('conflict', `Subscription ${id} is a webhook: its events are posted.`);
  return openEventConsumer({
    model,
    queue: connect.queue,
    prefetch: options.prefetch ?? connect.prefetch,
    consumeArguments: consumeArgumentsOf(connect.consumeArguments, {
      lastOffset: lastOffset(),
      offset: options.offset,
    }),
    onDelivery,
  });
}

/** Refused, or without its queue: the gateway says whether the subscription, the client and the token are still good. */
async function mustGoOn({ call }: FeedDeps, { subscription, signal }: Feed, reason: unknown): Promise<void> {
  if (isFinal(reason)) throw reason;
  if (!isRefusal(reason) && codeOf(reason) !== 404) return;
  try {
    await showSubscription(call, subscription.id, signal);
  } catch (error) {
    if (!signal.aborted && !(isGatewayProblem(error) && error.retryable)) throw error;
  }
}

/** An address that is none, a certificate that nobody trusts, a subscription without a queue. */
function isFinal(reason: unknown): boolean {
  if (reason instanceof TypeError) return true;
  return isGatewayProblem(reason) && !reason.retryable && ['conflict', 'unavailable'].includes(reason.code);
}

function isRefusal(reason: unknown): boolean {
  return codeOf(reason) === 403 || (isGatewayProblem(reason) && reason.status >= 401 && reason.status <= 403);
}

function refused(cause: unknown) {
  if (isGatewayProblem(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return localProblem('forbidden', `The broker does not let this client consume: ${message}.`, { cause });
}

/** amqplib has the reply code of AMQP here. */
function codeOf(reason: unknown): unknown {
  return (reason as { code?: unknown } | null | undefined)?.code;
}
