// Builds the poller by hand, top to bottom: store, broker, clouds, the worker that polls, the relay that publishes.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { type Cloud, openClouds } from '@cloud-gateway/clouds';
import { connectBroker, createEventPublisher } from '@cloud-gateway/messaging';
import {
  createStopStack,
  type Logger,
  type Metrics,
  openVault,
  type ServiceDeps,
  type StopStack,
} from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import { type ClockReporter, createClockReporter } from './clock-reporter.ts';
import type { PollerConfig } from './config.ts';
import { createPollReport } from './poll-report.ts';
import { pollUnit } from './poll-unit.ts';
import { PollWorker } from './poll-worker.ts';
import { reconcileUnits } from './reconcile-units.ts';
import { Relay } from './relay.ts';
import { repeat } from './repeat.ts';
import { pollSettings, relaySettings, workerSettings } from './settings.ts';

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
    const clockReporter = createClockReporter({ store, clock, log });
    const clouds = deps.clouds ?? openConfiguredClouds(config, { log, metrics, clock, clockReporter }, stops);

    const connection = await connectBroker({ url: config.GATEWAY_AMQP_URL.reveal(), name: 'poller', log });
    stops.add('broker', () => connection.close());
    const publisher = await createEventPublisher({ connection, log });
    stops.add('event publisher', () => publisher.stop());
    const relay = new Relay({
      store,
      publisher,
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
    const housekeeping = keepHouse(config, { store, clouds, clock, log, clockReporter });
    stops.add('housekeeping', () => housekeeping.stop());
    worker.start();
    stops.add('worker', () => worker.stop(), 15_000);

    measure(metrics, { store, worker, relay });
    health.add('database', () => worker.isHealthy || 'the database does not answer');
    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    return { stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

function openConfiguredClouds(
  config: PollerConfig,
  deps: { log: Logger; metrics: Metrics; clock: Clock; clockReporter: ClockReporter },
  stops: StopStack,
): readonly Cloud[] {
  const { log, metrics, clock, clockReporter } = deps;
  const unknownStates = metrics.counter(
    'gateway_cloud_unknown_states_total',
    'States that no table of the gateway knows.',
    ['cloud', 'type'],
  );
  const clouds = openClouds(config, {
    clock,
    log,
    onClockTransition: (transition) => clockReporter.note(transition),
    onUnknownState: ({ cloud, type }) => unknownStates.inc({ cloud, type }),
  });
  stops.add('clouds', () => clouds.close());
  return clouds.all();
}

// What is done again and again beside polling.
function keepHouse(
  config: PollerConfig,
  deps: { store: Store; clouds: readonly Cloud[]; clock: Clock; log: Logger; clockReporter: ClockReporter },
): { stop(): Promise<void> } {
  const { log, clockReporter } = deps;
  const onError = (err: unknown) => log.debug('housekeeping failed; it is tried again', { err });
  const reconciling = repeat(
    async () => {
      const { added, removed } = await reconcileUnits(deps);
      if (added + removed > 0) log.info('units of polling', { added, removed });
    },
    { pauseMs: config.GATEWAY_POLLER_RECONCILE_MS, onError },
  );
  const reporting = repeat(() => clockReporter.flush(), { pauseMs: 500, onError });
  return {
    async stop() {
      await Promise.all([reconciling.stop(), reporting.stop()]);
    },
  };
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
