import { expect } from 'chai';
import { summarize } from '../../src/poll/report/summarize.ts';
import { fakeMeasured, fakeSample } from './fake-measured.ts';

describe('summarize (poll)', () => {
  it('compares within a round, and takes the median over the rounds', () => {
    const samples = [1, 2, 3].flatMap((round) => [
      fakeSample('sdk', { round, wallMs: 100 * round }),
      fakeSample('unchanged', { round, wallMs: 110 * round }),
      fakeSample('changed', { round, wallMs: 121 * round }),
    ]);

    const summary = summarize(fakeMeasured({ samples }));

    expect(summary.rounds).to.equal(3);
    expect(summary.medians.sdk.wallMs).to.equal(200);
    expect(summary.unchangedToSdk.wallMs).to.be.closeTo(1.1, 1e-9);
    expect(summary.changedToUnchanged.wallMs).to.be.closeTo(1.1, 1e-9);
  });

  it('tells the worst of what unchanged polls wrote, and the sum of what changed ones did', () => {
    const rows = { resources: 2, resource_tags: 0, revisions: 1, outbox: 0, accounts: 0 };
    const samples = [
      ...fakeMeasured().samples,
      fakeSample('sdk', { round: 2 }),
      fakeSample('unchanged', { round: 2, rows }),
      fakeSample('changed', { round: 2, changes: 5, rows }),
    ];

    const summary = summarize(fakeMeasured({ samples }));

    expect(summary.rowsOfUnchanged).to.equal(3);
    expect(summary.changes).to.equal(15);
    expect(summary.rowsOfChanged.resources).to.equal(12);
    expect(summary.eventMs).to.deep.equal({ median: 45, p99: 90, max: 90 });
  });
});
