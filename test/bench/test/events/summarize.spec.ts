import { expect } from 'chai';
import { summarize } from '../../src/events/report/summarize.ts';
import { fakeMeasured, fakeSample } from './fake-measured.ts';

describe('summarize (events)', () => {
  it('compares within a round, and takes the median over the rounds', () => {
    const publishing = [1, 2, 3].flatMap((round) => [
      fakeSample({ round, eventsPerSecond: 1_000 * round }),
      fakeSample({ round, publisher: 'batches', eventsPerSecond: 2_000 * round }),
      fakeSample({ round, publisher: 'window', eventsPerSecond: 4_000 * round }),
    ]);

    const summary = summarize(fakeMeasured({ publishing }));

    expect(summary.publishing?.rounds).to.equal(3);
    expect(summary.publishing?.medians.relay.eventsPerSecond).to.equal(2_000);
    expect(summary.publishing?.relayTo).to.deep.equal({ batches: 0.5, window: 0.25 });
  });

  it('tells what each further queue costs', () => {
    const [alone, eleven] = summarize(fakeMeasured()).fanOut;

    expect(alone).to.include({ queues: 1, microsPerFurther: undefined });
    // 500 us an event instead of 200, and 400 us of the broker's CPU instead of 100, for ten more.
    expect(eleven?.microsPerFurther).to.be.closeTo(30, 1e-9);
    expect(eleven?.brokerMicrosPerFurther).to.be.closeTo(30, 1e-9);
  });

  it('leaves out what was not measured', () => {
    const nothing = { publishing: [], fanOut: [], latency: undefined, replays: [] };

    expect(summarize(fakeMeasured(nothing))).to.deep.include({
      publishing: undefined,
      fanOut: [],
      latency: undefined,
      replay: undefined,
      strangersCores: undefined,
    });
  });
});
