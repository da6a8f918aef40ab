import { expect } from 'chai';
import { idRanges } from '../../src/events/id-ranges.ts';

describe('idRanges', () => {
  it('leaves no id out and takes none in', () => {
    expect(idRanges([])).to.deep.equal([]);
    expect(idRanges([4])).to.deep.equal([[4, 4]]);
    expect(idRanges([4, 5, 6, 9, 11, 12])).to.deep.equal([
      [4, 6],
      [9, 9],
      [11, 12],
    ]);
  });
});
