import { expect } from 'chai';
import { createRequestIds } from '../src/request-ids.ts';

describe('createRequestIds', () => {
  it('never gives an id twice', () => {
    const ids = createRequestIds('0123456789ab');

    const given = new Set(Array.from({ length: 50_000 }, () => ids.next()));

    expect(given.size).to.equal(50_000);
  });

  it('gives ids that say what they are and which edge made them', () => {
    const ids = createRequestIds('0123456789ab');

    expect(ids.next()).to.equal('req_0123456789ab0000');
    expect(ids.next()).to.equal('req_0123456789ab0001');
  });
});
