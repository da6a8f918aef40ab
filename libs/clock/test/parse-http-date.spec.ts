import { expect } from 'chai';
import { parseHttpDate } from '../src/parse-http-date.ts';

const rfcExample = Date.UTC(1994, 10, 6, 8, 49, 37) / 1000;

describe('parseHttpDate', () => {
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    '  Sun, 06 Nov 1994 08:49:37 GMT ',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    '1994-11-06T08:49:37Z',
    '1994-11-06T09:49:37+01:00',
    '1994-11-06T08:49:37.900Z',
  ]) {
    it(`reads "${text}"`, () => expect(parseHttpDate(text)).to.equal(rfcExample));
  }

  it('reads a leap second as the second after it', () => {
    expect(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT')).to.equal(Date.UTC(2017, 0, 1) / 1000);
  });

  it('does not depend on the time zone of the machine', () => {
    const env: { TZ?: string | undefined } = process.env;
    const zone = env.TZ;
    env.TZ = 'Pacific/Kiritimati';
    try {
      expect(parseHttpDate('Sun Nov  6 08:49:37 1994')).to.equal(rfcExample);
    } finally {
      if (zone === undefined) delete env.TZ;
      else env.TZ = zone;
    }
  });

  for (const text of [
    undefined,
    '',
    'soon',
    'Mon, 31 Feb 2022 10:00:00 GMT',
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:38 GMT',
  ]) {
    it(`refuses ${text === undefined ? 'no header' : `"${text}"`}`, () =>
      expect(parseHttpDate(text)).to.equal(undefined));
  }
});
