import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createFailureLimiter } from '../src/failure-limiter.ts';

describe('the failure limiter', () => {
  function setUp(keysMax = 10) {
    const clock = createTestClock(1_000_000);
    return { clock, limiter: createFailureLimiter({ failuresMax: 2, windowMs: 1000, keysMax, clock }) };
  }

  it('makes a key wait from its last allowed failure to the end of the window', () => {
    const { clock, limiter } = setUp();
    limiter.failed('a');
    clock.advance(400);
    expect(limiter.waitMs('a')).to.equal(0);
    limiter.failed('a');

    expect(limiter.waitMs('a')).to.equal(600);
    expect(limiter.waitMs('b')).to.equal(0);
    clock.advance(600);
    expect(limiter.waitMs('a')).to.equal(0);
  });

  it('begins a new window after the old one', () => {
    const { clock, limiter } = setUp();
    limiter.failed('a');
    clock.advance(1000);
    limiter.failed('a');

    expect(limiter.waitMs('a')).to.equal(0);
  });

  it('forgives after a success', () => {
    const { limiter } = setUp();
    limiter.failed('a');
    limiter.succeeded('a');
    limiter.failed('a');

    expect(limiter.waitMs('a')).to.equal(0);
  });

  it('counts a bounded number of keys: the oldest makes room', () => {
    const { limiter } = setUp(2);
    for (const key of ['a', 'a', 'b', 'b', 'c', 'c']) limiter.failed(key);

    expect(limiter.waitMs('a')).to.equal(0);
    expect(limiter.waitMs('b')).to.equal(1000);
    expect(limiter.waitMs('c')).to.equal(1000);
  });
});
