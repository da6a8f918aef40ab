import { expect } from 'chai';
import { judgeGoals } from '../../src/rpc/judge-goals.ts';
import { summarize } from '../../src/rpc/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('judgeGoals', () => {
  it('judges what must be high and what must be low', () => {
    const verdicts = judgeGoals(
      summarize([
        fakeSlice({ system: 'ours', requestsPerSecond: 125, p99Ms: 0.9, sumMicros: 0.81 }),
        fakeSlice({ system: 'bare', requestsPerSecond: 100 }),
        fakeSlice({ system: 'nest', requestsPerSecond: 100 }),
      ]),
    );

    expect(verdicts).to.deep.equal([
      { goal: 'requests/s >= 1.2 x bare at 64', ratio: 1.25, reached: true },
      { goal: 'requests/s >= 1.3 x nest at 64', ratio: 1.25, reached: false },
      { goal: 'p99 <= 0.9 x bare at 64', ratio: 0.9, reached: true },
      { goal: 'CPU of the whole path <= 0.8 x bare at 64', ratio: 0.81, reached: false },
    ]);
  });

  it('leaves out goals at a concurrency that was not measured', () => {
    const slices = (['ours', 'bare', 'nest'] as const).map((system) =>
      fakeSlice({ system, connections: 16 }),
    );

    expect(judgeGoals(summarize(slices))).to.deep.equal([]);
  });
});
