import { expect } from 'chai';
import { mayRemoveAtOnce } from '../src/mass-removal-guard.ts';

describe('mayRemoveAtOnce', () => {
  const settings = { countMax: 10, shareMax: 0.3 };
  const cases = [
    { known: 0, absent: 0, held: 0, may: true },
    { known: 5, absent: 5, held: 0, may: true },
    { known: 10, absent: 10, held: 0, may: true },
    { known: 11, absent: 11, held: 0, may: false },
    { known: 100, absent: 30, held: 0, may: true },
    { known: 100, absent: 31, held: 0, may: false },
    { known: 100, absent: 31, held: 31, may: true },
    { known: 100, absent: 100, held: 40, may: true },
  ];
  for (const { known, absent, held, may } of cases) {
    it(`${may ? 'lets' : 'does not let'} ${absent} of ${known} go${held > 0 ? ` after ${held} were held` : ''}`, () => {
      const question = { knownCount: known, absentCount: absent, heldBefore: held };

      expect(mayRemoveAtOnce(settings, question)).to.equal(may);
    });
  }
});
