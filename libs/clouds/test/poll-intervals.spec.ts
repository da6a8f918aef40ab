import { expect } from 'chai';
import { createPollIntervals } from '../src/poll-intervals.ts';

const group = { name: 'instances', intervalMs: { floor: 2_000, normal: 30_000, ceiling: 600_000 } };

describe('createPollIntervals', () => {
  it("gives the cloud's own intervals where the operator has set none", () => {
    const intervals = createPollIntervals({
      GATEWAY_POLLER_INTERVALS: ['ec2.volumes=1s/2s/3s', 'other.instances=1s/2s/3s'],
      GATEWAY_POLLER_INTERVAL_PERCENT: 100,
    });

    expect(intervals.of('ec2', group)).to.deep.equal(group.intervalMs);
  });

  it('gives those of the operator, by either name of the cloud', () => {
    const intervals = createPollIntervals({
      GATEWAY_POLLER_INTERVALS: ['aws.instances=5s/10s/20s'],
      GATEWAY_POLLER_INTERVAL_PERCENT: 100,
    });

    expect(intervals.of('ec2', group)).to.deep.equal({ floor: 5_000, normal: 10_000, ceiling: 20_000 });
  });

  it('scales both', () => {
    const intervals = createPollIntervals({
      GATEWAY_POLLER_INTERVALS: ['ec2.volumes=1s/2s/3s'],
      GATEWAY_POLLER_INTERVAL_PERCENT: 50,
    });

    expect(intervals.of('ec2', group)).to.deep.equal({ floor: 1_000, normal: 15_000, ceiling: 300_000 });
    const volumes = { ...group, name: 'volumes' };
    expect(intervals.of('ec2', volumes)).to.deep.equal({ floor: 500, normal: 1_000, ceiling: 1_500 });
  });
});
