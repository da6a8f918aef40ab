import { expect } from 'chai';
import { backoffMs, repeatDelayMs } from '../../src/calls/repeat-delay.ts';
import { localProblem } from '../../src/gateway-problem.ts';

describe('repeatDelayMs', () => {
  const delayOf = (changed: Partial<Parameters<typeof repeatDelayMs>[0]>) =>
    repeatDelayMs({
      error: localProblem('unavailable', 'away'),
      attempt: 1,
      attemptsMax: 3,
      remainingMs: 60_000,
      random: () => 0,
      ...changed,
    });

  it('waits for what may succeed later, as long as attempts and time are left', () => {
    expect(delayOf({})).to.equal(50);
    expect(delayOf({ attempt: 3 })).to.equal(undefined);
    expect(delayOf({ remainingMs: 50 })).to.equal(undefined);
  });

  it('gives up what will not succeed, and what it does not know', () => {
    expect(delayOf({ error: localProblem('not-found', 'no') })).to.equal(undefined);
    expect(delayOf({ error: localProblem('unavailable', 'for good', { retryable: false }) })).to.equal(
      undefined,
    );
    expect(delayOf({ error: new Error('a fault in the program') })).to.equal(undefined);
  });
});

describe('backoffMs', () => {
  it('doubles up to five seconds, with half of it left to chance', () => {
    expect([1, 2, 3, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1))).to.deep.equal([
      100, 200, 400, 3_200, 5_000, 5_000,
    ]);
    expect(backoffMs(2, () => 0)).to.equal(100);
  });
});
