import { expect } from 'chai';
import {
  fullBucket,
  recovered,
  refilled,
  reserved,
  returned,
  slowed,
  type TokenBucket,
  waitMsOf,
} from '../../../src/ec2/budget/token-bucket.ts';

const limit = { burst: 3, refillPerSecond: 2 };
const full = fullBucket(limit, 0);
const times = (count: number, change: (bucket: TokenBucket) => TokenBucket, bucket: TokenBucket) =>
  Array.from({ length: count }).reduce<TokenBucket>(change, bucket);

describe('a token bucket', () => {
  it('lets its burst through at once, and then one per refill, in the order of asking', () => {
    const empty = times(3, reserved, full);

    expect(waitMsOf(times(2, reserved, full))).to.equal(0);
    expect(waitMsOf(empty)).to.equal(500);
    expect(waitMsOf(reserved(empty))).to.equal(1_000);
  });

  it('fills up with the time, to its burst and no further, and not by a clock that goes back', () => {
    const empty = times(3, reserved, full);

    expect(refilled(empty, 1_000).tokens).to.equal(2);
    expect(refilled(empty, 60_000).tokens).to.equal(3);
    expect(refilled(refilled(empty, 1_000), 0).tokens).to.equal(2);
  });

  it('takes back what was not used', () => {
    expect(returned(reserved(full)).tokens).to.equal(3);
    expect(returned(full).tokens).to.equal(3);
  });

  it('is empty and slower after a throttle; those of the same moment count once', () => {
    const once = slowed(full, 10_000);

    expect(once.tokens).to.equal(0);
    expect(once.refillPerSecond).to.be.closeTo(1.4, 1e-9);
    expect(slowed(once, 10_900).refillPerSecond).to.equal(once.refillPerSecond);
    expect(slowed(once, 11_000).refillPerSecond).to.be.closeTo(0.98, 1e-9);
  });

  it('never gets slower than one call in two seconds, or than its limit where that is less', () => {
    const floored = Array.from({ length: 50 }).reduce<TokenBucket>(
      (bucket, _, at) => slowed(bucket, at * 1_000),
      full,
    );
    const slowLimit = slowed(fullBucket({ burst: 1, refillPerSecond: 0.1 }, 0), 0);

    expect(floored.refillPerSecond).to.equal(0.5);
    expect(slowLimit.refillPerSecond).to.equal(0.1);
  });

  it('recovers a little with each success, to its limit and no further', () => {
    const slow = slowed(full, 0);

    expect(recovered(slow).refillPerSecond).to.be.closeTo(1.44, 1e-9);
    expect(times(100, recovered, slow).refillPerSecond).to.equal(2);
    expect(recovered(full)).to.equal(full);
  });
});
