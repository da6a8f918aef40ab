import { expect } from 'chai';
import { waitPreference } from '../src/prefer.ts';

describe('waitPreference', () => {
  for (const [header, seconds] of [
    [undefined, undefined],
    ['wait=10', 10],
    ['Wait = 10', 10],
    ['wait="10"', 10],
    ['respond-async, wait=5; foo=bar', 5],
    [['respond-async', 'wait=3'], 3],
    ['wait=1, wait=9', 1],
    ['wait=0', 0],
    ['wait', undefined],
    ['wait=-1', undefined],
    ['wait=soon', undefined],
    ['handling=lenient', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(header)} as ${seconds}`, () => {
      expect(waitPreference(header)).to.equal(seconds);
    });
  }
});
