import { expect } from 'chai';
import { createNeighbours } from '../../src/webhooks/neighbours.ts';

describe('createNeighbours', () => {
  it('tells of the last post of another account only', () => {
    const neighbours = createNeighbours();
    neighbours.note('a', true, 10);
    expect(neighbours.wereTakenSince('a', 0)).to.equal(false);
    expect(neighbours.wereTakenSince('b', 10)).to.equal(true);
    expect(neighbours.wereTakenSince('b', 11)).to.equal(false);

    for (let at = 20; at < 30; at += 1) neighbours.note('b', false, at);
    expect(neighbours.wereTakenSince('b', 5)).to.equal(true);

    neighbours.note('a', false, 40);
    expect(neighbours.wereTakenSince('b', 5)).to.equal(false);
  });
});
