import { expect } from 'chai';
import { parseIntervals } from '../src/parse-intervals.ts';

describe('parseIntervals', () => {
  it('reads floor, normal and ceiling in every unit, by either name of the cloud', () => {
    const intervals = parseIntervals(['ec2.instances=500ms/30s/10m', 'aws.datacenters=1h/6h/24h']);

    expect([...intervals]).to.deep.equal([
      ['ec2.instances', { floor: 500, normal: 30_000, ceiling: 600_000 }],
      ['ec2.datacenters', { floor: 3_600_000, normal: 21_600_000, ceiling: 86_400_000 }],
    ]);
  });

  const refused = [
    'instances=5s/30s/10m',
    'ec2.instances',
    'ec2.instances=5s/30s',
    'ec2.instances=5/30s/10m',
    'ec2.instances=5s/30s/10m/1h',
    'ec2.instances=0s/30s/10m',
    'ec2.instances=1m/30s/10m',
  ];
  for (const entry of refused) {
    it(`refuses ${entry}`, () => {
      expect(() => parseIntervals([entry])).to.throw(entry);
    });
  }
});
