import { expect } from 'chai';
import { judgeGoals } from '../../../src/csg/report/judge-goals.ts';
import { summarize } from '../../../src/csg/report/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('judgeGoals', () => {
  const slices = [
    fakeSlice({ peer: 'csg', figures: { perSecond: 110, cpuMicros: 91 } }),
    fakeSlice({ peer: 'bare', figures: { perSecond: 100, cpuMicros: 100 } }),
    fakeSlice({ peer: 'http-mitm-proxy', figures: { perSecond: 10, cpuMicros: 300 } }),
  ];

  it('tells a reached aim, a reached must and a missed one apart, upwards and downwards', () => {
    const verdicts = judgeGoals({ summaries: summarize(slices), resumedElsewhere: 0.96 });

    expect(verdicts.map(({ goal, verdict }) => [goal, verdict])).to.deep.equal([
      ['CPU per request at 16 / bare https.Agent', 'missed'],
      ['requests/s at 16 / bare https.Agent', 'must'],
      ['requests/s at 16 / http-mitm-proxy', 'aim'],
      ['sessions resumed at another process', 'must'],
    ]);
    expect(verdicts[0]).to.deep.include({ value: 0.91, bound: '<=', must: 0.9, aim: 0.5 });
  });

  it('leaves out what was not measured', () => {
    expect(judgeGoals({ summaries: [], resumedElsewhere: undefined })).to.deep.equal([]);
  });

  it('takes the memory of the stream that needs most', () => {
    const summaries = summarize([
      fakeSlice({ measurement: 'stream-download', figures: { addedMegabytes: 12 } }),
      fakeSlice({ measurement: 'stream-upload-signed-chunks', figures: { addedMegabytes: 41 } }),
    ]);

    expect(judgeGoals({ summaries, resumedElsewhere: undefined })).to.deep.equal([
      { goal: 'memory added by a stream, MB', value: 41, bound: '<=', must: 40, aim: 25, verdict: 'missed' },
    ]);
  });
});
