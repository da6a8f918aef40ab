import { expect } from 'chai';
import { parsePollOptions } from '../../src/poll/poll-options.ts';

describe('parsePollOptions', () => {
  it('has a default for everything', () => {
    expect(parsePollOptions([])).to.deep.equal({
      sizes: [1_000, 10_000, 100_000],
      rounds: undefined,
      json: false,
      profileDirectory: undefined,
    });
  });

  it('takes a list of sizes', () => {
    expect(parsePollOptions(['--sizes', '10,500'])?.sizes).to.deep.equal([10, 500]);
  });

  it('gives nothing when help is asked for', () => {
    expect(parsePollOptions(['--help'])).to.equal(undefined);
  });

  for (const args of [['--rounds', '0'], ['--sizes', '1,,2'], ['--fast'], ['more']]) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => parsePollOptions(args)).to.throw();
    });
  }
});
