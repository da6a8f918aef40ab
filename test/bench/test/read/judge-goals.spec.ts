import { expect } from 'chai';
import { judgeGoals } from '../../src/read/report/judge-goals.ts';
import { renderReport } from '../../src/read/report/render-report.ts';
import { summarize } from '../../src/read/report/summarize.ts';
import { fakeSlice } from './fake-slice.ts';

describe('judgeGoals (read)', () => {
  const slices = [1, 2, 3].flatMap((round) => [
    fakeSlice({ round, requestsPerSecond: 1_000 * round }),
    fakeSlice({ round, question: 'show', rows: 100, requestsPerSecond: 900 * round, p50Ms: 10 * round }),
    fakeSlice({ round, question: 'show', rows: 9_000, requestsPerSecond: 850 * round, p50Ms: 11 * round }),
    fakeSlice({ round, question: 'list', rows: 100, requestsPerSecond: 90 * round, p50Ms: 100 * round }),
    fakeSlice({ round, question: 'list', rows: 9_000, requestsPerSecond: 60 * round, p50Ms: 150 * round }),
  ]);

  it('compares the largest store with the echo and with the smallest store, within a round', () => {
    expect(judgeGoals(summarize(slices))).to.deep.equal([
      { goal: 'show from 9000 rows, requests/s / echo, http at 64 >= 0.8', value: 0.85, reached: true },
      { goal: 'show from 9000 rows, p50 / smallest store, http at 64 <= 1.2', value: 1.1, reached: true },
      { goal: 'list from 9000 rows, p50 / smallest store, http at 64 <= 1.2', value: 1.5, reached: false },
    ]);
  });

  it('does not judge throughput where one request waits for the other', () => {
    const alone = slices.map((slice) => ({ ...slice, connections: 1 }));

    expect(judgeGoals(summarize(alone)).map(({ goal }) => goal)).to.deep.equal([
      'show from 9000 rows, p50 / smallest store, http at 1 <= 1.2',
      'list from 9000 rows, p50 / smallest store, http at 1 <= 1.2',
    ]);
  });

  it('renders what it says', () => {
    const summaries = summarize(slices);
    const report = renderReport(summaries, judgeGoals(summaries));

    expect(report).to.match(/^show, 9000 rows \/ smallest +0\.94 +1\.10/m);
    expect(report).to.include('http at 64 <= 1.2: 1.50 MISSED');
  });
});
