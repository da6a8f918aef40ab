import { expect } from 'chai';
import {
  dayOf,
  isPassTooOld,
  readSyncPosition,
  writeSyncPosition,
} from '../../src/resources/sync-position.ts';

describe('the position of a sync', () => {
  it('is the sequence itself outside of a first pass', () => {
    expect(writeSyncPosition({ sequence: 42, passDay: null })).to.equal(42);
    expect(readSyncPosition(42)).to.deep.equal({ sequence: 42, passDay: null });
  });

  it('comes back whole in a first pass, as a number that JSON keeps', () => {
    for (const position of [
      { sequence: 1, passDay: 0 },
      { sequence: 2 ** 40 - 1, passDay: 4095 },
    ]) {
      const since = writeSyncPosition(position);

      expect(Number.isSafeInteger(since)).to.equal(true);
      expect(readSyncPosition(since)).to.deep.equal(position);
    }
  });

  it('is too old after two days, over the turn of the count too', () => {
    const today = dayOf(4096 * 86_400_000);

    expect(today).to.equal(0);
    expect(isPassTooOld(4094, today)).to.equal(false);
    expect(isPassTooOld(4093, today)).to.equal(true);
  });
});
