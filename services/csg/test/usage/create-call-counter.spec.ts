import { createTestClock } from '@cloud-gateway/clock';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type CallCounter, createCallCounter } from '../../src/usage/create-call-counter.ts';
import { type CuttableDatabase, openCuttableDatabase } from './cuttable-database.ts';

describe('the call counter', () => {
  let database: CuttableDatabase;
  const opened: CallCounter[] = [];
  const clock = createTestClock(Date.parse('2026-03-04T05:06:07Z'));

  before(async () => {
    database = await openCuttableDatabase();
  });
  beforeEach(() => clock.advance(60_000));
  afterEach(async () => {
    database.mend();
    for (const counter of opened.splice(0)) await counter.stop();
  });
  after(() => database.close());

  function open(): CallCounter {
    const counter = createCallCounter({ store: database.store, clock, log: silentLog, exchangeMs: 20 });
    opened.push(counter);
    return counter;
  }

  it('counts own calls at once', () => {
    const counter = open();

    expect(counter.count('CGWA', 'sqs')).to.deep.equal({ service: 1, all: 1 });
    expect(counter.count('CGWA', 'sqs')).to.deep.equal({ service: 2, all: 2 });
    expect(counter.count('CGWA', 'sns')).to.deep.equal({ service: 1, all: 3 });
    expect(counter.count('CGWB', 'sqs')).to.deep.equal({ service: 1, all: 1 });
  });

  it('counts those of other processes soon', async () => {
    const [here, there, elsewhere] = [open(), open(), open()];
    for (let n = 0; n < 10; n += 1) there.count('CGWC', 'sqs');
    for (let n = 0; n < 5; n += 1) elsewhere.count('CGWC', 'sns');
    let own = 0;

    const seen = await eventually(() => {
      own += 1;
      const counts = here.count('CGWC', 'sqs');
      return counts.all === own + 15 && counts;
    });

    expect(seen).to.deep.equal({ service: own + 10, all: own + 15 });
    // And they do not grow by being told and learned again.
    await eventually(async () => {
      const minute = new Date(Math.floor(clock.nowMs() / 60_000) * 60_000);
      const told = await database.direct.read.usage.readCallCounts({ minute, accessKeyIds: ['CGWC'] });
      return told.reduce((sum, { calls }) => sum + calls, 0) === own + 15;
    });
    expect(here.count('CGWC', 'sqs')).to.deep.equal({ service: own + 11, all: own + 16 });
  });

  it('begins anew with each minute', async () => {
    const [here, there] = [open(), open()];
    there.count('CGWD', 'sqs');
    let own = 0;
    await eventually(() => {
      own += 1;
      return here.count('CGWD', 'sqs').all > own;
    });

    clock.advance(60_000);

    expect(here.count('CGWD', 'sqs')).to.deep.equal({ service: 1, all: 1 });
  });

  it('goes on by itself when the database is away, and learns of the others when it is back', async () => {
    const [here, there] = [open(), open()];
    database.cut();
    for (let n = 0; n < 7; n += 1) there.count('CGWE', 'sqs');
    expect(here.count('CGWE', 'sqs')).to.deep.equal({ service: 1, all: 1 });
    database.mend();

    let own = 1;
    await eventually(() => {
      there.count('CGWE', 'sqs');
      own += 1;
      return here.count('CGWE', 'sqs').all > own;
    });
  });
});
