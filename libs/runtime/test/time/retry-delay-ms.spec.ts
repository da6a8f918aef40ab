import { expect } from 'chai';
import { retryDelayMs } from '../../src/time/retry-delay-ms.ts';

describe('retryDelayMs', () => {
  const almostOne = (): number => 1 - Number.EPSILON;
  const rows = [
    { attempt: 1, ceilingMs: 100 },
    { attempt: 2, ceilingMs: 200 },
    { attempt: 5, ceilingMs: 1600 },
    { attempt: 9, ceilingMs: 5000 },
    { attempt: 5000, ceilingMs: 5000 },
    { attempt: 0, ceilingMs: 100 },
  ];

  for (const { attempt, ceilingMs } of rows) {
    it(`waits up to ${ceilingMs} ms after failure ${attempt}`, () => {
      expect(retryDelayMs({ attempt, baseMs: 100, maxMs: 5000, random: almostOne })).to.equal(ceilingMs);
      expect(retryDelayMs({ attempt, baseMs: 100, maxMs: 5000, random: () => 0 })).to.equal(0);
    });
  }
});
