// What each part of the poller takes from the configuration.
import { createPollIntervals } from '@cloud-gateway/clouds';
import type { PollerConfig } from './config.ts';
import type { PollSettings } from './poll-unit.ts';
import type { PollWorkerSettings } from './poll-worker.ts';
import type { RelaySettings } from './relay.ts';
import type { RetentionSettings } from './retention.ts';
import type { WatchSettings } from './watch-worker.ts';

export function pollSettings(config: PollerConfig): PollSettings {
  return {
    transitionPatienceMs: config.GATEWAY_POLLER_TRANSITION_PATIENCE_MS,
    quietPollsPerDoubling: config.GATEWAY_POLLER_QUIET_POLLS,
    backoffBaseMs: config.GATEWAY_POLLER_BACKOFF_BASE_MS,
    backoffMaxMs: config.GATEWAY_POLLER_BACKOFF_MAX_MS,
    credentialsRecheckMs: config.GATEWAY_POLLER_CREDENTIALS_RECHECK_MS,
    clockRecheckMs: config.GATEWAY_POLLER_CLOCK_RECHECK_MS,
    graceMs: config.GATEWAY_POLLER_GRACE_MS,
    intervals: createPollIntervals(config),
    massLoss: {
      countMax: config.GATEWAY_POLLER_MASS_LOSS_COUNT,
      shareMax: config.GATEWAY_POLLER_MASS_LOSS_PERCENT / 100,
    },
  };
}

export function workerSettings(config: PollerConfig): PollWorkerSettings {
  return {
    concurrency: config.GATEWAY_POLLER_CONCURRENCY,
    scanMs: config.GATEWAY_POLLER_SCAN_MS,
    leaseMs: config.GATEWAY_POLLER_LEASE_MS,
    pollTimeoutMs: config.GATEWAY_POLLER_POLL_TIMEOUT_MS,
  };
}

export function relaySettings(config: PollerConfig): RelaySettings {
  return {
    idleMs: config.GATEWAY_RELAY_IDLE_MS,
    batchSize: config.GATEWAY_RELAY_BATCH,
    leaseMs: config.GATEWAY_RELAY_LEASE_MS,
    joinMs: config.GATEWAY_RELAY_JOIN_MS,
  };
}

export function watchSettings(config: PollerConfig): WatchSettings {
  return {
    scanMs: config.GATEWAY_POLLER_SCAN_MS,
    leaseMs: config.GATEWAY_POLLER_LEASE_MS,
    everyMs: (config.GATEWAY_POLLER_WATCH_MS * config.GATEWAY_POLLER_INTERVAL_PERCENT) / 100,
    groupsAtOnce: config.GATEWAY_POLLER_CONCURRENCY,
    lookTimeoutMs: config.GATEWAY_POLLER_WATCH_TIMEOUT_MS,
    graceMs: config.GATEWAY_POLLER_GRACE_MS,
  };
}

const dayMs = 86_400_000;

export function retentionSettings(config: PollerConfig): RetentionSettings {
  return {
    everyMs: config.GATEWAY_RETENTION_EVERY_MS,
    revisionsMs: config.GATEWAY_RETENTION_REVISIONS_DAYS * dayMs,
    tombstonesMs: config.GATEWAY_RETENTION_TOMBSTONES_DAYS * dayMs,
    eventsMs: config.GATEWAY_RETENTION_EVENTS_DAYS * dayMs,
    intentsMs: config.GATEWAY_RETENTION_INTENTS_DAYS * dayMs,
    deadLettersMs: config.GATEWAY_RETENTION_DEAD_LETTERS_DAYS * dayMs,
  };
}
