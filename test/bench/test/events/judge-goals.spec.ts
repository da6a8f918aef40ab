import { expect } from 'chai';
import { judgeGoals } from '../../src/events/report/judge-goals.ts';
import { renderReport } from '../../src/events/report/render-report.ts';
import { summarize } from '../../src/events/report/summarize.ts';
import type { Measured } from '../../src/events/run/sample.ts';
import { fakeMeasured, fakeSample } from './fake-measured.ts';

describe('judgeGoals (events)', () => {
  const reached = (given: Partial<Measured>) =>
    judgeGoals(summarize(fakeMeasured(given))).map((verdict) => verdict.reached);
  const publishing = (relay: number, bare: number) => [
    fakeSample({ eventsPerSecond: relay }),
    fakeSample({ publisher: 'batches', eventsPerSecond: 1_000 }),
    fakeSample({ publisher: 'window', eventsPerSecond: bare }),
  ];
  const latency = (p99Ms: number) => ({
    ...{ changes: 100, perSecond: 20, p50Ms: 15, maxMs: 99, strangersCores: 0 },
    p99Ms,
  });

  it('is content with what reaches every goal', () => {
    expect(reached({})).to.deep.equal([true, true]);
  });

  it('wants many events a second, or as many as bare amqplib nearly has, of its two ways the faster', () => {
    expect(reached({ publishing: publishing(5_000, 20_000) })[0]).to.equal(true);
    expect(reached({ publishing: publishing(2_100, 3_000) })[0]).to.equal(true);
    expect(reached({ publishing: publishing(2_000, 3_000) })[0]).to.equal(false);
  });

  it('wants events soon', () => {
    expect(reached({ latency: latency(50) })[1]).to.equal(true);
    expect(reached({ latency: latency(50.1) })[1]).to.equal(false);
  });

  it('has no goal for what was not measured', () => {
    expect(reached({ publishing: [], latency: undefined })).to.deep.equal([]);
  });

  it('renders what it says', () => {
    const summary = summarize(fakeMeasured());
    const report = renderReport(summary, judgeGoals(summary));

    expect(report).to.match(/^relay, from the outbox +5000 +100 +20 +50$/m);
    expect(report).to.match(/^11, each gets every event +2000 +400 +30\.0 +30\.0$/m);
    expect(report).to.include('replay of 1000 stored events: 4000 events/s');
    expect(report).to.include('ms <= 50: 30.0 ok');
  });
});
