import { expect } from 'chai';
import { parseEventsOptions } from '../../src/events/events-options.ts';

describe('parseEventsOptions', () => {
  it('has a default for everything', () => {
    expect(parseEventsOptions([])).to.deep.equal({
      measure: ['relay', 'latency', 'subscribers', 'replay'],
      rounds: 3,
      events: 50_000,
      subscribers: [1, 10, 100],
      changes: 1_000,
      perSecond: 20,
      json: false,
      profileDirectory: undefined,
    });
  });

  it('takes lists', () => {
    const options = parseEventsOptions(['--measure', 'replay,latency', '--subscribers', '1,3']);
    expect(options?.measure).to.deep.equal(['replay', 'latency']);
    expect(options?.subscribers).to.deep.equal([1, 3]);
  });

  it('gives nothing when help is asked for', () => {
    expect(parseEventsOptions(['--help'])).to.equal(undefined);
  });

  for (const args of [
    ['--rounds', '0'],
    ['--measure', 'speed'],
    ['--subscribers', '1,,2'],
    ['--fast'],
    ['more'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => parseEventsOptions(args)).to.throw();
    });
  }
});
