import { expect } from 'chai';
import { shuffle } from '../../src/listing/shuffle.ts';

describe('shuffle', () => {
  const items = Array.from({ length: 20 }, (_, i) => i);

  it('keeps every item, gives the same order for the same seed and others for others', () => {
    const orders = Array.from({ length: 20 }, (_, seed) => shuffle(items, seed));

    for (const order of orders) expect(order).to.have.members(items);
    expect(shuffle(items, 7)).to.deep.equal(orders[7]);
    expect(new Set(orders.map(String)).size).to.equal(20);
  });

  it('puts any item first, sooner or later', () => {
    const firsts = new Set(Array.from({ length: 500 }, (_, seed) => shuffle(items, seed)[0]));
    expect(firsts.size).to.equal(20);
  });

  it('takes short lists', () => {
    expect(shuffle([], 1)).to.deep.equal([]);
    expect(shuffle([1], 1)).to.deep.equal([1]);
  });
});
