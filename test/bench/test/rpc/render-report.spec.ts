import { expect } from 'chai';
import { judgeGoals } from '../../src/rpc/judge-goals.ts';
import { renderReport } from '../../src/rpc/render-report.ts';
import { summarize } from '../../src/rpc/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('renderReport', () => {
  const summaries = summarize([
    fakeSlice({ system: 'ours', requestsPerSecond: 131, sumMicros: 90 }),
    fakeSlice({ system: 'bare', requestsPerSecond: 100, sumMicros: 100, strangersCores: 0.5 }),
    fakeSlice({ system: 'nest', requestsPerSecond: 100 }),
  ]);
  const lines = renderReport(summaries, judgeGoals(summaries)).split('\n');

  it('puts every figure under its title', () => {
    const [titles, ours] = lines;

    expect(titles?.indexOf('req/s')).to.equal((ours?.indexOf('131') ?? 0) - 2);
    expect(titles).to.match(/sum$/);
    expect(ours).to.match(/ 90$/);
  });

  it('says of each goal whether it was reached', () => {
    expect(lines).to.include('requests/s >= 1.2 x bare at 64: 1.31 ok');
    expect(lines).to.include('CPU of the whole path <= 0.8 x bare at 64: 0.90 MISSED');
  });

  it('warns when strangers disturbed the measurement', () => {
    expect(lines).to.include('other processes took 0 % of a core (median), 50 % at most: disturbed');
  });
});
