// Builds the poller by hand, top to bottom: store, broker, clouds, the worker that polls, the relay that publishes.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { type Cloud, openServiceClouds } from '@cloud-gateway/clouds';
import { connectBroker, createEventPublisher, openSubscriptionQueues } from '@cloud-gateway/messaging';
import {
  createStopStack,
  type Logger,
  type Metrics,
  openVault,
  type ServiceDeps,
  type StopStack,
} from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import type { PollerConfig } from './config.ts';
import { createPollReport } from './poll-report.ts';
import { pollUnit } from './poll-unit.ts';
import { PollWorker } from './poll-worker.ts';
import { reconcileUnits } from './reconcile-units.ts';
import { Relay } from './relay.ts';
import { repeat } from './repeat.ts';
import { startRetention } from './retention.ts';
import { pollSettings, relaySettings, retentionSettings, watchSettings, workerSettings } from './settings.ts';
import { startWatchWorker } from './watch-worker.ts';

export interface PollerDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: those of the configuration. Closed by whoever made them. */
  readonly clouds?: readonly Cloud[];
}

export interface Poller {
  /** Gives back what is under way: other pollers take it at once. */
  stop(): Promise<void>;
}

/** Rejects when database or broker are away; once started, it waits for them to come back. */
export async function start(config: PollerConfig, deps: PollerDeps): Promise<Poller> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const owner = `${hostname().slice(0, 20)}-${process.pid}-${randomUUID().slice(0, 8)}`;
    const store = openStore({
      databaseUrl: config.GATEWAY_DATABASE_URL.reveal(),
      log,
      poolMax: config.GATEWAY_POLLER_DATABASE_CONNECTIONS,
    });
    stops.add('store', () => store.close());
    await store.migrate();
    const vault = await openVault(config);
    const clouds = deps.clouds ?? openClouds(config, { store, clock, log, metrics }, stops);

    const connection = await connectBroker({
      url: config.GATEWAY_AMQP_URL.reveal(),
      caFile: config.GATEWAY_AMQP_CA_FILE,
      name: 'poller',
      log,
    });
    stops.add('broker', () => connection.close());
    const publisher = await createEventPublisher({ connection, log });
    stops.add('event publisher', () => publisher.stop());
    const queues = await openSubscriptionQueues({ connection, log });
    stops.add('subscription queues', () => queues.stop());
    const relay = new Relay({
      store,
      publisher,
      queues,
      owner,
      log,
      settings: relaySettings(config),
      onPublished: countPublished(metrics),
    });
    relay.start();
    stops.add('relay', () => relay.stop(), 15_000);

    const settings = pollSettings(config);
    const pollDeps = {
      store,
      vault,
      clock,
      settings,
      random: Math.random,
      credentialsRecheckMs: settings.credentialsRecheckMs,
      onWritten: () => relay.wake(),
    };
    const worker = new PollWorker({
      store,
      clouds,
      owner,
      log,
      poll: (cloud, unit, signal) => pollUnit(pollDeps, cloud, unit, signal),
      report: createPollReport({ log, metrics }),
      settings: workerSettings(config),
    });
    const units = keepUnits(config, { store, clouds, clock, log });
    stops.add('units', () => units.stop());
    worker.start();
    stops.add('worker', () => worker.stop(), 15_000);
    const watches = startWatchWorker({
      ...pollDeps,
      clouds,
      owner,
      log,
      metrics,
      settings: watchSettings(config),
    });
    stops.add('watches', () => watches.stop(), 15_000);
    const retention = startRetention({ store, owner, log, metrics, settings: retentionSettings(config) });
    stops.add('retention', () => retention.stop());

    measure(metrics, { store, worker, relay });
    health.add('database', () => worker.isHealthy || 'the database does not answer');
    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    return { stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

function openClouds(
  config: PollerConfig,
  deps: Parameters<typeof openServiceClouds>[1],
  stops: StopStack,
): readonly Cloud[] {
  const clouds = openServiceClouds(config, deps);
  stops.add('clouds', () => clouds.close());
  return clouds.all();
}

/** Proven and forgotten accounts become units of polling, again and again. */
function keepUnits(
  config: PollerConfig,
  deps: { store: Store; clouds: readonly Cloud[]; clock: Clock; log: Logger },
): { stop(): Promise<void> } {
  const { log } = deps;
  return repeat(
    async () => {
      const { added, removed } = await reconcileUnits(deps);
      if (added + removed > 0) log.info('units of polling', { added, removed });
    },
    {
      pauseMs: config.GATEWAY_POLLER_RECONCILE_MS,
      onError: (err) => log.debug('units could not be reconciled; it is tried again', { err }),
    },
  );
}

function measure(metrics: Metrics, parts: { store: Store; worker: PollWorker; relay: Relay }): void {
  const { store, worker, relay } = parts;
  metrics.gauge('gateway_poller_polls_under_way', 'Units that are polled now.', [], (gauge) =>
    gauge.set(worker.underWayCount),
  );
  metrics.gauge('gateway_relay_leading', '1 in the process that publishes events.', [], (gauge) =>
    gauge.set(relay.isLeading ? 1 : 0),
  );
  const oldest = metrics.gauge('gateway_outbox_oldest_seconds', 'Age of the oldest event that waits.');
  metrics.gauge('gateway_outbox_waiting_events', 'Events that are not published yet.', [], async (gauge) => {
    // While the store is away the page keeps the last numbers, and the rest of the page is still worth reading.
    const backlog = await store.read.outbox.backlog().catch(() => undefined);
    if (backlog === undefined) return;
    gauge.set(backlog.count);
    oldest.set(backlog.oldestAgeMs / 1000);
  });
}

function countPublished(metrics: Metrics): (count: number) => void {
  const published = metrics.counter('gateway_relay_events_total', 'Events that the broker has confirmed.');
  return (count) => published.inc(count);
}
