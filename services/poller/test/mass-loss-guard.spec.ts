import { expect } from 'chai';
import { mayBeLostAtOnce } from '../src/mass-loss-guard.ts';

describe('mayBeLostAtOnce', () => {
  const settings = { countMax: 10, shareMax: 0.3 };
  const cases = [
    { known: 0, lost: 0, held: 0, may: true },
    { known: 5, lost: 5, held: 0, may: true },
    { known: 10, lost: 10, held: 0, may: true },
    { known: 11, lost: 11, held: 0, may: false },
    { known: 100, lost: 30, held: 0, may: true },
    { known: 100, lost: 31, held: 0, may: false },
    { known: 100, lost: 31, held: 31, may: true },
    { known: 100, lost: 100, held: 40, may: true },
  ];
  for (const { known, lost, held, may } of cases) {
    it(`${may ? 'lets' : 'does not let'} ${lost} of ${known} go${held > 0 ? ` after ${held} were held` : ''}`, () => {
      const question = { knownCount: known, lostCount: lost, heldBefore: held };

      expect(mayBeLostAtOnce(settings, question)).to.equal(may);
    });
  }
});
