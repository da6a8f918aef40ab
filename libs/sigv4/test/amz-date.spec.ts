import { expect } from 'chai';
import { amzDateOfHttpDate, formatAmzDate, isAmzDate } from '../src/amz-date.ts';

describe('isAmzDate', () => {
  for (const [text, expected] of [
    ['20150830T123600Z', true],
    ['20240229T235959Z', true],
    ['20230229T000000Z', false],
    ['20000229T000000Z', true],
    ['21000229T000000Z', false],
    ['00000229T000000Z', true],
    ['20260430T000000Z', true],
    ['20260431T000000Z', false],
    ['20261231T000000Z', true],
    ['20260132T000000Z', false],
    ['20260100T000000Z', false],
    ['20261301T000000Z', false],
    ['20150830T126000Z', false],
    ['20150830T123660Z', false],
    ['20150830T240000Z', false],
    ['20150830T123600', false],
    ['20150830T123600Z\n', false],
    ['2015-08-30T12:36:00Z', false],
    ['', false],
  ] as const) {
    it(`${expected ? 'takes' : 'refuses'} ${JSON.stringify(text)}`, () =>
      expect(isAmzDate(text)).to.equal(expected));
  }
});

describe('formatAmzDate', () => {
  it('cuts the fraction off', () => {
    expect(formatAmzDate(Date.UTC(2015, 7, 30, 12, 36, 0, 999))).to.equal('20150830T123600Z');
  });
});

describe('amzDateOfHttpDate', () => {
  it('takes both formats', () => {
    expect(amzDateOfHttpDate('Fri, 24 May 2013 00:00:00 GMT')).to.equal('20130524T000000Z');
    expect(amzDateOfHttpDate('20130524T000000Z')).to.equal('20130524T000000Z');
    expect(amzDateOfHttpDate('24 May 2013')).to.equal(undefined);
  });
});
