import { expect } from 'chai';
import { judgeGoals } from '../../../src/csg/report/judge-goals.ts';
import { renderReport } from '../../../src/csg/report/render-report.ts';
import { summarize } from '../../../src/csg/report/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('renderReport', () => {
  const summaries = summarize([
    fakeSlice({ peer: 'direct', figures: { perSecond: 300 } }),
    fakeSlice({ peer: 'csg', figures: { perSecond: 131, cpuMicros: 91 }, strangersCores: 0.5 }),
    fakeSlice({ peer: 'bare', figures: { perSecond: 100, cpuMicros: 100 } }),
  ]);
  const lines = renderReport(summaries, judgeGoals({ summaries, resumedElsewhere: undefined })).split('\n');

  it('shows the figures that there are, and a dash where a peer has none', () => {
    expect(words(lines[0])).to.equal('requests, 16 connections per s x bare CPU us x bare');
    expect(words(lines[1])).to.equal('direct, no proxy 300 3.00 - -');
    expect(words(lines[2])).to.equal('ours 131 1.31 91 0.91');
  });

  it('says of each goal how far it was reached', () => {
    const goals = lines.slice(lines.findIndex((line) => line.startsWith('goals')) + 1).map(words);

    expect(goals).to.include('CPU per request at 16 / bare https.Agent 0.91 <= 0.9 <= 0.5 MISSED');
    expect(goals).to.include('requests/s at 16 / bare https.Agent 1.31 >= 1.1 >= 2 must reached');
  });

  it('warns when strangers disturbed the measurement', () => {
    expect(lines).to.include('other processes took 0 % of a core (median), 50 % at most: disturbed');
  });

  function words(line: string | undefined): string {
    return (line ?? '').trim().split(/\s+/).join(' ');
  }
});
