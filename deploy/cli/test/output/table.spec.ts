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

  it('takes from the widest column until it fits', () => {
    const text = table(
      [
        ['id', 'name', 'state'],
        ['i-0123456789', 'a name that nobody would call short', 'running'],
      ],
      { width: 40 },
    );
    expect(text.split('\n')).to.deep.equal([
      'id            name               state',
      'i-0123456789  a name that nobo…  running',
    ]);
  });

  it('never shortens the first column, which has the ids', () => {
    const id = 'ami-0123456789abcdef0';
    const [, line] = table(
      [
        ['id', 'name', 'state'],
        [id, 'a long name', 'available'],
      ],
      { width: 30 },
    ).split('\n');
    expect(line).to.equal(`${id}  a long …  availab…`);
  });

  it('is empty without rows', () => {
    expect(table([])).to.equal('');
  });
});
