import { expect } from 'chai';
import { summarize } from '../../../src/csg/report/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('summarize', () => {
  it('takes ratios within each round, so that a slow minute does not decide', () => {
    const slices = [
      { round: 1, csg: 200, bare: 100 },
      { round: 2, csg: 20, bare: 10 },
      { round: 3, csg: 150, bare: 100 },
    ].flatMap(({ round, csg, bare }) => [
      fakeSlice({ round, peer: 'csg', figures: { perSecond: csg } }),
      fakeSlice({ round, peer: 'bare', figures: { perSecond: bare } }),
    ]);

    const [summary] = summarize(slices);

    const [csg, bare] = summary?.peers ?? [];
    expect(csg?.toBare.perSecond).to.equal(2);
    expect(csg?.medians.perSecond).to.equal(150);
    expect(bare?.oursTo.perSecond).to.equal(2);
    expect(bare?.medians.perSecond).to.equal(100);
  });

  it('keeps the measurements apart, and leaves out what a peer does not have', () => {
    const summaries = summarize([
      fakeSlice({ measurement: 'requests-1', peer: 'direct', figures: { perSecond: 5 } }),
      fakeSlice({ measurement: 'requests-1', figures: { perSecond: 4, cpuMicros: 80 } }),
      fakeSlice({ measurement: 'connections-full', figures: { perSecond: 3 }, strangersCores: 0.5 }),
    ]);

    expect(summaries.map(({ measurement }) => measurement)).to.deep.equal(['requests-1', 'connections-full']);
    expect(summaries[0]?.peers[0]).to.deep.equal({
      peer: 'direct',
      medians: { perSecond: 5 },
      toBare: {},
      oursTo: { perSecond: 0.8 },
    });
    expect(summaries[1]?.strangersCores).to.deep.equal({ median: 0.5, max: 0.5 });
  });
});
