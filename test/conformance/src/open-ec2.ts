import { type Clock, createSkewGuard, createTestClock } from '@cloud-gateway/clock';
import { createEc2Cloud, type Ec2CloudOptions } from '@cloud-gateway/clouds';
import { silentLog } from '@cloud-gateway/test-support';
import type { CloudUnderTest } from './cloud-under-test.ts';

type OpenedCloud = Pick<CloudUnderTest, 'cloud' | 'frugal' | 'clock' | 'region'>;

interface Opening {
  readonly startMs?: number;
  /** Of `frugal`; default: the one that stands still. */
  readonly budgetClock?: Clock;
  readonly pageSize: number;
}

export function openEc2(
  endpoint: string,
  { startMs = Date.now(), budgetClock, pageSize }: Opening,
): OpenedCloud {
  const clock = createTestClock(startMs);
  const open = (options: Partial<Ec2CloudOptions>) =>
    createEc2Cloud({
      id: 'ec2',
      regions: ['us-east-1'],
      endpoint,
      publishedImageOwners: ['amazon'],
      publishedSnapshotOwners: ['amazon'],
      clock,
      skewGuard: createSkewGuard({ clock, onTransition: () => {} }),
      log: silentLog,
      timeouts: { connectMs: 5_000, callMs: 10_000 },
      // Long enough for a lag on order, short enough for those who wait for a test.
      lostAnswer: { believeAbsentAfterMs: 400, searchMs: 200, pauseMs: 10 },
      random: () => 0,
      pageSize,
      ...options,
    });
  return {
    cloud: open({ budgetPercent: { poll: 100_000, request: 100_000 } }),
    frugal: open({ clock: budgetClock ?? clock, pageSize: 1_000 }),
    clock,
    region: 'us-east-1',
  };
}
