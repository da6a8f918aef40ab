import { expect } from 'chai';
import { refuseFaults } from '../../src/load/refuse-faults.ts';

describe('refuseFaults', () => {
  it('names every kind of fault that happened', () => {
    expect(() =>
      refuseFaults('http://edge', { timeouts: 2, 'wrong answers': 1, 'failed reads': 0 }),
    ).to.throw('not every request to http://edge got its right answer: 2 timeouts, 1 wrong answers');
  });

  it('lets a run without faults pass', () => {
    refuseFaults('http://edge', { timeouts: 0 });
  });
});
