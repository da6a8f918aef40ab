import { expect } from 'chai';
import { parseRpcOptions } from '../../src/rpc/rpc-options.ts';

describe('parseRpcOptions', () => {
  it('has a default for everything', () => {
    expect(parseRpcOptions([])).to.deep.equal({
      rounds: 5,
      seconds: 3,
      warmupSeconds: 5,
      concurrency: [1, 16, 64],
      json: false,
      profileDirectory: undefined,
    });
  });

  it('takes a list of concurrencies', () => {
    expect(parseRpcOptions(['--concurrency', '1,256'])?.concurrency).to.deep.equal([1, 256]);
  });

  it('gives nothing when help is asked for', () => {
    expect(parseRpcOptions(['--help'])).to.equal(undefined);
  });

  for (const args of [
    ['--rounds', '0'],
    ['--seconds', 'x'],
    ['--concurrency', '1,,2'],
    ['--fast'],
    ['more'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => parseRpcOptions(args)).to.throw();
    });
  }
});
