import { expect } from 'chai';
import { judgeGoals } from '../../src/poll/report/judge-goals.ts';
import { renderReport } from '../../src/poll/report/render-report.ts';
import { summarize } from '../../src/poll/report/summarize.ts';
import type { SizeMeasured } from '../../src/poll/run/sample.ts';
import { fakeMeasured, fakeSample } from './fake-measured.ts';

describe('judgeGoals (poll)', () => {
  const missed = (given: Partial<SizeMeasured>) =>
    judgeGoals([summarize(fakeMeasured(given))])
      .filter(({ reached }) => !reached)
      .map(({ goal }) => goal);
  const withSample = (sample: ReturnType<typeof fakeSample>) =>
    fakeMeasured().samples.map((one) => (one.kind === sample.kind ? { ...one, ...sample } : one));

  it('is content with what reaches every goal', () => {
    expect(missed({})).to.deep.equal([]);
    expect(judgeGoals([summarize(fakeMeasured())])).to.have.length(6);
  });

  it('sees each miss', () => {
    expect(missed({ samples: withSample(fakeSample('sdk', { wallMs: 80 })) })).to.deep.equal([
      'time of an unchanged poll / SDK at 100000 <= 1.25',
    ]);
    expect(missed({ memoryBytes: { filling: 401e6, later: 1 } })).to.deep.equal([
      'resident memory, MB at 100000 <= 400',
    ]);
    const rows = { resources: 1, resource_tags: 0, revisions: 0, outbox: 0, accounts: 0 };
    expect(missed({ samples: withSample(fakeSample('unchanged', { wallMs: 110, rows })) })).to.deep.equal([
      'rows written by an unchanged poll at 100000 = 0',
    ]);
  });

  it('has no goal for the memory of small listings', () => {
    expect(missed({ instances: 1_000, memoryBytes: { filling: 9e9, later: 9e9 } })).to.deep.equal([]);
  });

  it('renders what it says', () => {
    const summaries = [summarize(fakeMeasured())];
    const report = renderReport(summaries, judgeGoals(summaries));

    expect(report).to.match(/^poll, nothing changed +110\.0 +80\.0$/m);
    expect(report).to.include('time with 1 % changed / unchanged at 100000 <= 1.1: 1.05 ok');
  });
});
