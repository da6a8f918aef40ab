// The operator's intervals of single listings: `ec2.instances=5s/30s/10m`, floor, normal, ceiling. Pure.
import { ConfigurationError, timeUnitsMs } from '@cloud-gateway/runtime';
import type { PollInterval } from './cloud.ts';
import { cloudIdOf } from './cloud-names.ts';

const setting = 'GATEWAY_POLLER_INTERVALS';

/** By `<cloud id>.<listing>`. Throws ConfigurationError for what cannot be read. */
export function parseIntervals(entries: readonly string[]): ReadonlyMap<string, PollInterval> {
  return new Map(entries.map(parseEntry));
}

function parseEntry(entry: string): [string, PollInterval] {
  const [, cloud, group, times = ''] = /^([a-z0-9-]+)\.([a-z0-9-]+)=(.+)$/.exec(entry) ?? [];
  const [floor, normal, ceiling, ...more] = times.split('/').map(milliseconds);
  if (!cloud || !floor || !normal || !ceiling || more.length > 0) {
    throw refused(
      `${entry} is not <cloud>.<listing>=<floor>/<normal>/<ceiling>, such as ec2.instances=5s/30s/10m`,
    );
  }
  if (floor > normal || normal > ceiling) throw refused(`${entry}: expected floor <= normal <= ceiling`);
  return [`${cloudIdOf(cloud)}.${group}`, { floor, normal, ceiling }];
}

function milliseconds(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (timeUnitsMs[unit] ?? 0);
}

function refused(message: string): ConfigurationError {
  return new ConfigurationError([{ name: setting, message }]);
}
