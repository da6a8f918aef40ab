// The clouds as a service uses them: what they notice beside their answers is told and counted.
import type { Clock } from '@cloud-gateway/clock';
import type { Logger, Metrics } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { createClockReporter } from './clock-reporter.ts';
import type { CloudConfig } from './cloud-settings.ts';
import type { Clouds } from './clouds.ts';
import { openClouds } from './open-clouds.ts';

export interface ServiceCloudsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Throws ConfigurationError for a cloud that is not known. Clock transitions become events, unknown states a counter. */
export function openServiceClouds(
  config: CloudConfig,
  { store, clock, log, metrics }: ServiceCloudsDeps,
): Clouds {
  const unknownStates = metrics.counter(
    'gateway_cloud_unknown_states_total',
    'States of resources that no table of the gateway knows.',
    ['cloud', 'type'],
  );
  const throttled = metrics.counter(
    'gateway_cloud_throttled_total',
    'Calls that a cloud refused as one too many.',
    ['cloud', 'purpose', 'action'],
  );
  const reporter = createClockReporter({ store, clock, log });
  const clouds = openClouds(config, {
    clock,
    log,
    onClockTransition: (transition) => reporter.note(transition),
    onUnknownState: ({ cloud, type }) => unknownStates.inc({ cloud, type }),
    onThrottled: ({ cloud, purpose, action }) => throttled.inc({ cloud, purpose, action }),
  });
  return {
    ...clouds,
    async close() {
      await clouds.close();
      await reporter.stop();
    },
  };
}
