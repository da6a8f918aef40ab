import { expect } from 'chai';
import { median } from '../../src/rpc/median.ts';

describe('median', () => {
  it('takes the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 1, 2])).to.equal(2);
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).to.equal(3);
  });

  it('refuses to make a median of nothing', () => {
    expect(() => median([])).to.throw(RangeError);
  });
});
