import { expect } from 'chai';
import { mintId } from '../../src/minting/mint-id.ts';

describe('mintId', () => {
  it('writes the time as ULID does', () => {
    // The example of the ULID specification: 01ARYZ6S41 is 1469918176385.
    const id = mintId('req', { nowMs: () => 1_469_918_176_385, random: (bytes) => Buffer.alloc(bytes, 255) });

    expect(id).to.equal('req_01aryz6s41zzzzzzzzzzzzzzzz');
  });

  it('makes 26 characters of the Crockford alphabet, another each time', () => {
    const ids = Array.from({ length: 1000 }, () => mintId('org'));

    expect(new Set(ids).size).to.equal(1000);
    for (const id of ids) expect(id).to.match(/^org_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('sorts by time', () => {
    const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1];

    const ids = times.map((nowMs) => mintId('x', { nowMs: () => nowMs }));

    expect(ids.toSorted()).to.deep.equal(ids);
  });
});
