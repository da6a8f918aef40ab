import { expect } from 'chai';
import { isDueForRenewal, isUsable } from '../../src/cloud-credentials/lent-credentials.ts';

describe('lent credentials', () => {
  const signing = { accessKeyId: 'ASIA', secret: { id: 'a', secretAccessKey: 'b' } };
  const lent = (lifeMs: number | undefined) => ({
    signing,
    obtainedAtMs: 1_000_000,
    expiresAtMs: lifeMs === undefined ? undefined : 1_000_000 + lifeMs,
  });
  const minute = 60_000;

  for (const { what, lifeMs, dueAfterMs } of [
    { what: 'an hour', lifeMs: 60 * minute, dueAfterMs: 55 * minute },
    { what: 'ten minutes', lifeMs: 10 * minute, dueAfterMs: 5 * minute },
    { what: 'a minute', lifeMs: minute, dueAfterMs: minute / 2 },
  ])
    it(`are renewed in time when they live for ${what}`, () => {
      expect(isDueForRenewal(lent(lifeMs), 1_000_000 + dueAfterMs - 1)).to.equal(false);
      expect(isDueForRenewal(lent(lifeMs), 1_000_000 + dueAfterMs)).to.equal(true);
    });

  it('are not used in their last seconds, and never after', () => {
    expect(isUsable(lent(minute), 1_000_000 + minute - 5001)).to.equal(true);
    expect(isUsable(lent(minute), 1_000_000 + minute - 5000)).to.equal(false);
    expect(isUsable(lent(minute), 1_000_000 + minute)).to.equal(false);
  });

  it('stay for ever when they do not expire', () => {
    expect(isUsable(lent(undefined), Number.MAX_SAFE_INTEGER)).to.equal(true);
    expect(isDueForRenewal(lent(undefined), Number.MAX_SAFE_INTEGER)).to.equal(false);
  });
});
