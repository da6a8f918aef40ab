import { expect } from 'chai';
import { summarize } from '../../src/rpc/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('summarize', () => {
  it('takes ratios within each round, so that a slow minute does not decide', () => {
    const slices = [
      { round: 1, ours: 200, bare: 100 },
      { round: 2, ours: 20, bare: 10 },
      { round: 3, ours: 150, bare: 100 },
    ].flatMap(({ round, ours, bare }) => [
      fakeSlice({ round, system: 'ours', requestsPerSecond: ours }),
      fakeSlice({ round, system: 'bare', requestsPerSecond: bare }),
      fakeSlice({ round, system: 'nest' }),
    ]);

    const [summary] = summarize(slices);

    expect(summary?.oursTo.bare.requestsPerSecond).to.equal(2);
    expect(summary?.medians.ours.requestsPerSecond).to.equal(150);
    expect(summary?.medians.bare.requestsPerSecond).to.equal(100);
  });

  it('keeps the concurrencies apart', () => {
    const slices = [1, 64].flatMap((connections) => [
      fakeSlice({ connections, system: 'ours', p50Ms: connections }),
      fakeSlice({ connections, system: 'bare' }),
      fakeSlice({ connections, system: 'nest' }),
    ]);

    const summaries = summarize(slices);

    expect(summaries.map(({ connections }) => connections)).to.deep.equal([1, 64]);
    expect(summaries.map(({ oursTo }) => oursTo.nest.p50Ms)).to.deep.equal([1, 64]);
  });

  it('tells how much strangers took', () => {
    const slices = (['ours', 'bare', 'nest'] as const).map((system, at) =>
      fakeSlice({ system, strangersCores: at / 10 }),
    );

    expect(summarize(slices)[0]?.strangersCores).to.deep.equal({ median: 0.1, max: 0.2 });
  });
});
