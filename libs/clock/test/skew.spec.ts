import { expect } from 'chai';
import { isWithinSkew, maxSkewSeconds, skewSeconds } from '../src/skew.ts';

const noonMs = Date.UTC(2026, 10, 22, 12, 0, 0);
const noon = noonMs / 1000;
const at = (ms: number) => ({ fromMs: ms, toMs: ms });

describe('skewSeconds', () => {
  const cases: [string, number, { fromMs: number; toMs: number }, number][] = [
    ['is 0 for equal times', noon, at(noonMs), 0],
    ['cuts our own fraction off', noon, at(noonMs + 999), 0],
    ['is positive when they are ahead', noon + 7, at(noonMs), 7],
    ['is negative when they are behind', noon - 7, at(noonMs), -7],
    ['counts from the cut-off second when they are ahead', noon + 300, at(noonMs + 999), 300],
    ['counts from the cut-off second when they are behind', noon - 300, at(noonMs + 999), -300],
    ['is 0 at the start of the interval', noon, { fromMs: noonMs + 900, toMs: noonMs + 60_000 }, 0],
    ['is 0 inside the interval', noon + 30, { fromMs: noonMs, toMs: noonMs + 60_000 }, 0],
    ['is 0 at the end of the interval', noon + 60, { fromMs: noonMs, toMs: noonMs + 60_000 }, 0],
    ['is the distance from the end', noon + 65, { fromMs: noonMs, toMs: noonMs + 60_000 }, 5],
    ['is the distance from the start', noon - 5, { fromMs: noonMs, toMs: noonMs + 60_000 }, -5],
    [
      'takes an interval turned round by a clock step',
      noon + 30,
      { fromMs: noonMs + 60_000, toMs: noonMs },
      0,
    ],
  ];
  for (const [name, theirs, ours, expected] of cases) {
    it(name, () => expect(skewSeconds(theirs, ours)).to.equal(expected));
  }
});

describe('isWithinSkew', () => {
  for (const [seconds, expected] of [
    [0, true],
    [300, true],
    [-300, true],
    [301, false],
    [-301, false],
    [300.001, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ] as const) {
    it(`${expected ? 'passes' : 'refuses'} ${seconds} s`, () =>
      expect(isWithinSkew(seconds)).to.equal(expected));
  }

  it('knows the limit by name', () => expect(maxSkewSeconds).to.equal(300));
});
