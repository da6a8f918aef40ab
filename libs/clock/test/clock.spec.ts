import { expect } from 'chai';
import { createTestClock, systemClock } from '../src/clock.ts';

describe('systemClock', () => {
  it('tells the time of the machine', () => {
    const before = Date.now();
    expect(systemClock.nowMs()).to.be.within(before, Date.now());
  });
});

describe('createTestClock', () => {
  it('stands still until it is moved', () => {
    const clock = createTestClock(1000);
    expect(clock.nowMs()).to.equal(1000);

    clock.advance(500);
    expect(clock.nowMs()).to.equal(1500);

    clock.advance(-1500);
    expect(clock.nowMs()).to.equal(0);

    clock.set(42);
    expect(clock.nowMs()).to.equal(42);
  });
});
