// How often listings are polled: as the cloud has it, or as the operator has set it instead.
import type { PollGroup, PollInterval } from './cloud.ts';
import type { PollIntervalConfig } from './cloud-settings.ts';
import { parseIntervals } from './parse-intervals.ts';

export interface PollIntervals {
  /** `cloud` is its id. */
  of(cloud: string, group: Pick<PollGroup, 'name' | 'intervalMs'>): PollInterval;
}

/** Throws ConfigurationError for intervals that cannot be read. */
export function createPollIntervals(config: PollIntervalConfig): PollIntervals {
  const set = parseIntervals(config.GATEWAY_POLLER_INTERVALS);
  const scale = config.GATEWAY_POLLER_INTERVAL_PERCENT / 100;
  return { of: (cloud, { name, intervalMs }) => scaled(set.get(`${cloud}.${name}`) ?? intervalMs, scale) };
}

function scaled({ floor, normal, ceiling }: PollInterval, scale: number): PollInterval {
  return { floor: floor * scale, normal: normal * scale, ceiling: ceiling * scale };
}
