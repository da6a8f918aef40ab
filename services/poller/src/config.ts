import { cloudSettings, pollIntervalSettings } from '@cloud-gateway/clouds';
import { brokerSettings, databaseSettings, setting, vaultSettings } from '@cloud-gateway/runtime';
import { z } from 'zod';

const second = 1_000;
const minute = 60 * second;

export const pollerConfigSchema = z.object({
  ...databaseSettings,
  ...brokerSettings,
  ...vaultSettings,
  ...cloudSettings,
  ...pollIntervalSettings,

  GATEWAY_POLLER_CONCURRENCY: setting.integer({
    min: 1,
    max: 1000,
    default: 20,
    description: 'How many units (account, region, listing) one process polls at once.',
  }),
  GATEWAY_POLLER_DATABASE_CONNECTIONS: setting.integer({
    min: 2,
    max: 500,
    default: 10,
    description: 'Connections to the database at the most.',
  }),
  GATEWAY_POLLER_SCAN_MS: setting.milliseconds({
    min: 10,
    default: 250,
    description: 'How often to look for units that are due.',
  }),
  GATEWAY_POLLER_LEASE_MS: setting.milliseconds({
    min: 100,
    default: minute,
    description: 'How long a unit of a poller that has died waits before another poller takes it.',
  }),
  GATEWAY_POLLER_POLL_TIMEOUT_MS: setting.milliseconds({
    min: 100,
    default: 10 * minute,
    description: 'How long one listing may take.',
  }),
  GATEWAY_POLLER_RECONCILE_MS: setting.milliseconds({
    min: 10,
    default: 3 * second,
    description: 'How often proven and forgotten accounts are looked for.',
  }),
  GATEWAY_POLLER_WATCH_MS: setting.milliseconds({
    min: 1,
    default: 3 * second,
    description: 'How often to look at what was changed through the gateway, until it is stable.',
  }),
  GATEWAY_POLLER_WATCH_TIMEOUT_MS: setting.milliseconds({
    min: 100,
    default: 30 * second,
    description: 'How long one such look may take.',
  }),
  GATEWAY_POLLER_TRANSITION_PATIENCE_MS: setting.milliseconds({
    default: 10 * minute,
    description: 'How long a unit is polled fast for something in transition that does not change.',
  }),
  GATEWAY_POLLER_QUIET_POLLS: setting.integer({
    min: 1,
    max: 10_000,
    default: 10,
    description:
      'After so many polls without a change the interval doubles, up to the ceiling of the listing.',
  }),
  GATEWAY_POLLER_BACKOFF_BASE_MS: setting.milliseconds({
    min: 1,
    default: 5 * second,
    description: 'Pause after a first failed poll; it doubles with each further one.',
  }),
  GATEWAY_POLLER_BACKOFF_MAX_MS: setting.milliseconds({
    min: 1,
    default: 15 * minute,
    description: 'The longest pause after failed polls.',
  }),
  GATEWAY_POLLER_CREDENTIALS_RECHECK_MS: setting.milliseconds({
    min: 1,
    default: 15 * minute,
    description: 'How often credentials that the cloud has refused are tried again.',
  }),
  GATEWAY_POLLER_CLOCK_RECHECK_MS: setting.milliseconds({
    min: 1,
    default: 30 * second,
    description: 'How often an endpoint whose clock is out of sync is asked again.',
  }),
  GATEWAY_POLLER_GRACE_MS: setting.milliseconds({
    default: minute,
    description:
      'How long after a change through the gateway a listing may neither remove nor bring back what was changed.',
  }),
  GATEWAY_POLLER_MASS_LOSS_COUNT: setting.integer({
    min: 0,
    max: 1_000_000,
    default: 10,
    description:
      'So many resources of a unit may always vanish, or lose their tags, at once; more wait for a second listing.',
  }),
  GATEWAY_POLLER_MASS_LOSS_PERCENT: setting.integer({
    min: 0,
    max: 100,
    default: 30,
    description: 'And so much of a unit may always vanish at once, in percent.',
  }),

  GATEWAY_RELAY_IDLE_MS: setting.milliseconds({
    min: 1,
    default: 20,
    description: 'How often to look for new events; the delay that the relay adds to an event.',
  }),
  GATEWAY_RELAY_JOIN_MS: setting.milliseconds({
    min: 1,
    default: 200,
    description:
      'How often to look for subscriptions that have got all stored events and wait for live ones.',
  }),
  GATEWAY_RELAY_BATCH: setting.integer({
    min: 1,
    max: 10_000,
    default: 500,
    description: 'How many events are published before the broker has to confirm them.',
  }),
  GATEWAY_RELAY_LEASE_MS: setting.milliseconds({
    min: 100,
    default: 15 * second,
    description: 'How long events wait when the relay dies before another one takes over.',
  }),

  GATEWAY_RETENTION_EVERY_MS: setting.milliseconds({
    min: 100,
    default: 10 * minute,
    description: 'How often to look for what is old enough to be purged.',
  }),
  GATEWAY_RETENTION_REVISIONS_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 90,
    description: 'How long revisions that are no longer valid are kept: so far back reaches ?at=.',
  }),
  GATEWAY_RETENTION_TOMBSTONES_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 31,
    description: 'How long deleted resources are kept: so long a client may stay away from GET /v1/sync.',
  }),
  GATEWAY_RETENTION_EVENTS_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 7,
    description: 'How long published events are kept: so far back a subscription can begin.',
  }),
  GATEWAY_RETENTION_INTENTS_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 7,
    description: 'How long a create that nobody could look up is kept.',
  }),
  GATEWAY_RETENTION_DEAD_LETTERS_DAYS: setting.integer({
    min: 1,
    max: 36_500,
    default: 30,
    description: 'How long events that a webhook has not taken are kept.',
  }),
});

export type PollerConfig = z.output<typeof pollerConfigSchema>;
