import { expect } from 'chai';
import { parseReadOptions } from '../../src/read/read-options.ts';

describe('parseReadOptions', () => {
  it('has a default for everything', () => {
    expect(parseReadOptions([])).to.deep.equal({
      rows: [10_000, 1_000_000],
      rounds: 5,
      seconds: 2,
      warmupSeconds: 3,
      concurrency: [1, 64],
      questions: ['echo', 'show', 'list'],
      doors: ['http', 'amqp'],
      json: false,
      profileDirectory: undefined,
    });
  });

  it('takes some of the questions', () => {
    expect(parseReadOptions(['--questions', 'show,echo'])?.questions).to.deep.equal(['show', 'echo']);
  });

  it('gives nothing when help is asked for', () => {
    expect(parseReadOptions(['--help'])).to.equal(undefined);
  });

  for (const args of [
    ['--rows', '0'],
    ['--seconds', '0'],
    ['--doors', 'smtp'],
    ['--concurrency', '1,,2'],
    ['more'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => parseReadOptions(args)).to.throw();
    });
  }
});
