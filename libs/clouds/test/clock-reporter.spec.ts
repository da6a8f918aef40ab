import { systemClock } from '@cloud-gateway/clock';
import { administrativeEventSchema } from '@cloud-gateway/contracts';
import { createLogger } from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import { createTestDatabase, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createClockReporter } from '../src/clock-reporter.ts';
import type { CloudClockTransition } from '../src/open-clouds.ts';

const log = createLogger({ service: 'test', level: 'error' });

describe('createClockReporter', function () {
  this.timeout(serverStartTimeoutMs);
  let store: Store;
  let drop: () => Promise<void>;

  before(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    store = openStore({ databaseUrl: database.url, log });
    await store.migrate();
  });
  after(async () => {
    await store?.close();
    await drop?.();
  });

  const isOff: CloudClockTransition = {
    cloud: 'ec2',
    endpoint: 'https://ec2.example',
    from: 'in-sync',
    to: 'out-of-sync',
    skewSeconds: 301,
    atMs: 1_000_000,
  };
  const isBack: CloudClockTransition = { ...isOff, from: 'out-of-sync', to: 'in-sync', skewSeconds: 0 };

  async function events(endpoint: string) {
    const waiting = await store.read.outbox.listWaiting(100);
    return waiting
      .map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)))
      .filter(({ details }) => 'endpoint' in details && details.endpoint === endpoint);
  }

  it('tells a transition once, however many processes have seen it, and tells that the clock is back', async () => {
    const tellByThree = async (transition: CloudClockTransition, eventsSoFar: number) => {
      const reporters = [1, 2, 3].map(() => createClockReporter({ store, clock: systemClock, log }));
      for (const reporter of reporters) reporter.note(transition);
      await eventually(async () => (await events(isOff.endpoint)).length >= eventsSoFar);
      await Promise.all(reporters.map((reporter) => reporter.stop())); // all have told it, or never will
    };
    await tellByThree(isOff, 1);
    await tellByThree(isBack, 2);

    const told = (await events(isOff.endpoint)).map(({ subject, scope, details }) => ({
      subject,
      scope,
      details,
    }));
    expect(told).to.deep.equal([
      {
        subject: 'cloud.clock-skew',
        scope: 'gateway',
        details: { cloud: 'ec2', endpoint: isOff.endpoint, skewSeconds: 301 },
      },
      {
        subject: 'cloud.clock-in-sync',
        scope: 'gateway',
        details: { cloud: 'ec2', endpoint: isOff.endpoint, skewSeconds: 0 },
      },
    ]);
  });

  it('tells later what the store did not take at first', async () => {
    let refusals = 0;
    const reporter = createClockReporter({
      clock: systemClock,
      log,
      store: {
        inTransaction: (work) =>
          refusals++ < 2 ? Promise.reject(new Error('away')) : store.inTransaction(work),
      },
    });

    reporter.note({ ...isOff, endpoint: 'https://other.example' });

    await eventually(async () => (await events('https://other.example')).length === 1);
    await reporter.stop();
  });

  it('gives up when it is stopped', async () => {
    const reporter = createClockReporter({
      clock: systemClock,
      log,
      store: { inTransaction: () => Promise.reject(new Error('away')) },
    });

    reporter.note(isOff);

    await reporter.stop();
  });
});
