import { expect } from 'chai';
import { parseAmzDate } from '../src/parse-amz-date.ts';

describe('parseAmzDate', () => {
  it('reads the date of the AWS examples', () => {
    expect(parseAmzDate('20150830T123600Z')).to.equal(Date.UTC(2015, 7, 30, 12, 36, 0) / 1000);
  });

  it('reads a leap day', () => {
    expect(parseAmzDate('20240229T000000Z')).to.equal(Date.UTC(2024, 1, 29) / 1000);
  });

  for (const text of [
    '',
    '20150830',
    '20150830T123600',
    '20150830T123600z',
    '20150830T123600Z ',
    '2015-08-30T12:36:00Z',
    '20150830T123600.000Z',
    '20150230T123600Z',
    '20230229T000000Z',
    '20151330T123600Z',
    '20150830T243600Z',
    '20150830T240000Z',
    '20150830T126000Z',
    '20150830T123660Z',
    '２0150830T123600Z',
  ]) {
    it(`refuses "${text}"`, () => expect(parseAmzDate(text)).to.equal(undefined));
  }
});
