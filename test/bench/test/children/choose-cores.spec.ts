import { expect } from 'chai';
import { coresOf, parseCpuList } from '../../src/children/choose-cores.ts';

describe('parseCpuList', () => {
  it('reads single cores and ranges', () => {
    expect(parseCpuList('0-2,5\n')).to.deep.equal([0, 1, 2, 5]);
    expect(parseCpuList('3')).to.deep.equal([3]);
  });
});

describe('coresOf', () => {
  it('keeps proxy and load apart', () => {
    expect(coresOf([2, 3, 4], true)).to.deep.equal({ load: 2, proxy: 3, complaint: undefined });
  });

  it('says why nothing is pinned', () => {
    expect(coresOf([0], true))
      .to.deep.include({ proxy: undefined, load: undefined })
      .and.to.have.property('complaint', 'there is only one core: proxy and load share it');
    expect(coresOf([0, 1], false).complaint).to.include('taskset is missing');
  });
});
