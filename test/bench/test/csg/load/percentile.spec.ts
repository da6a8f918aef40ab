import { expect } from 'chai';
import { percentile } from '../../../src/csg/load/percentile.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);

  it('takes the value that so many do not exceed', () => {
    expect(percentile(hundred, 50)).to.equal(50);
    expect(percentile(hundred, 99)).to.equal(99);
    expect(percentile([7], 99)).to.equal(7);
  });

  it('refuses to make one of nothing', () => {
    expect(() => percentile([], 50)).to.throw(RangeError);
  });
});
