import { expect } from 'chai';
import { isMissing } from '../../src/faults/missing-items.ts';

describe('isMissing', () => {
  const ids = Array.from({ length: 2000 }, (_, i) => `i-${i}`);
  const missing = (share: number, seed = 0) => ids.filter((id) => isMissing(id, [{ ids: [], share, seed }]));

  it('leaves out nothing, everything, or about the share', () => {
    expect(missing(0)).to.have.length(0);
    expect(missing(1)).to.have.length(2000);
    expect(missing(0.3).length).to.be.within(500, 700);
  });

  it('leaves out the same ones each time, and others with another seed', () => {
    expect(missing(0.3)).to.deep.equal(missing(0.3));
    expect(missing(0.3, 1)).to.not.deep.equal(missing(0.3));
  });

  it('leaves out what is named', () => {
    expect(isMissing('i-7', [{ ids: ['i-7'], share: 0, seed: 0 }])).to.equal(true);
    expect(isMissing('i-70', [{ ids: ['i-7'], share: 0, seed: 0 }])).to.equal(false);
  });
});
