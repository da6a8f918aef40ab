import { createSkewGuard, createTestClock } from '@cloud-gateway/clock';
import { createEc2Cloud } from '@cloud-gateway/clouds';
import type { Logger } from '@cloud-gateway/runtime';
import type { CloudUnderTest } from './cloud-under-test.ts';

type OpenedCloud = Pick<CloudUnderTest, 'cloud' | 'cloudWithSmallPages' | 'clock' | 'region'>;

export function openEc2(endpoint: string, startMs = Date.now()): OpenedCloud {
  const clock = createTestClock(startMs);
  const open = (pageSize: number) =>
    createEc2Cloud({
      id: 'ec2',
      regions: ['us-east-1'],
      endpoint,
      publishedImageOwners: ['amazon'],
      clock,
      skewGuard: createSkewGuard({ clock, onTransition: () => {} }),
      log: silent,
      timeouts: { connectMs: 2_000, callMs: 10_000 },
      random: () => 0,
      pageSize,
    });
  return { cloud: open(1_000), cloudWithSmallPages: open(5), clock, region: 'us-east-1' };
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
