import { expect } from 'chai';
import { table } from '../../src/output/table.ts';

describe('table', () => {
  it('makes every column as wide as its widest cell, and pads none at the end', () => {
    const text = table([
      ['check', 'state'],
      ['credentials.database', 'ok'],
      ['edge', 'the broker is not connected'],
    ]);

    expect(text.split('\n')).to.deep.equal([
      'check                 state',
      'credentials.database  ok',
      'edge                  the broker is not connected',
    ]);
  });

  it('is empty without rows', () => {
    expect(table([])).to.equal('');
  });
});
