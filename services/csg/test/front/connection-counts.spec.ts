import { expect } from 'chai';
import { createConnectionCounts } from '../../src/front/connection-counts.ts';

describe('createConnectionCounts', () => {
  it('counts in total and by client, and gives places back', () => {
    const counts = createConnectionCounts({ connectionsMax: 3, connectionsPerClientMax: 2 });
    expect([counts.open('a'), counts.open('a'), counts.open('a')]).to.deep.equal([true, true, false]);
    expect([counts.open('b'), counts.open('b')]).to.deep.equal([true, false]);
    expect(counts.total).to.equal(3);
    counts.close('a');
    expect([counts.open('b'), counts.open('a')]).to.deep.equal([true, false]);
    for (const client of ['a', 'b', 'b']) counts.close(client);
    expect(counts.total).to.equal(0);
    expect(counts.open('a')).to.equal(true);
  });
});
