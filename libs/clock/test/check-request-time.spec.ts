import { expect } from 'chai';
import { checkRequestTime } from '../src/check-request-time.ts';
import { createTestClock } from '../src/clock.ts';

const noonMs = Date.UTC(2026, 10, 22, 12, 0, 0);
const noon = noonMs / 1000;

describe('checkRequestTime', () => {
  for (const fractionMs of [0, 1, 500, 999]) {
    const clock = createTestClock(noonMs + fractionMs);
    for (const [offset, ok] of [
      [0, true],
      [300, true],
      [-300, true],
      [301, false],
      [-301, false],
    ] as const) {
      it(`${ok ? 'passes' : 'refuses'} a request signed ${offset} s off when our clock shows .${fractionMs}`, () => {
        const verdict = checkRequestTime(noon + offset, clock);

        expect(verdict).to.deep.equal(ok ? { ok: true } : { ok: false, skewSeconds: offset });
      });
    }
  }

  for (const nonsense of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    it(`refuses ${nonsense}`, () => {
      expect(checkRequestTime(nonsense, createTestClock(noonMs)).ok).to.equal(false);
    });
  }
});
