import { createMetrics } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { eventually, serverStartTimeoutMs, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createPollReport } from '../src/poll-report.ts';
import { pollUnit } from '../src/poll-unit.ts';
import { PollWorker, type PollWorkerSettings } from '../src/poll-worker.ts';
import { reconcileUnits } from '../src/reconcile-units.ts';
import { createFakeCloud, type FakeCloud } from './fake-cloud.ts';
import { instanceBody } from './instance-body.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('PollWorker', function () {
  this.timeout(serverStartTimeoutMs);
  const regions = Array.from({ length: 12 }, (_, index) => `region-${index}`);
  let fixture: PollerFixture;
  let cloud: FakeCloud;
  let account: string;
  const workers: PollWorker[] = [];
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    await fixture.reset();
    cloud = createFakeCloud({ regions });
    account = await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });
    await reconcileUnits({ store: fixture.store, clouds: [cloud], clock: fixture.pollDeps.clock });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });

  function startWorker(
    owner: string,
    settings: Partial<PollWorkerSettings> = {},
    store: Store = fixture.store,
  ) {
    const worker = new PollWorker({
      store,
      clouds: [cloud],
      owner,
      log: silentLog,
      poll: (polled, unit, signal) => pollUnit({ ...fixture.pollDeps, store }, polled, unit, signal),
      report: createPollReport({ log: silentLog, metrics: createMetrics({ service: 'test' }) }),
      settings: { concurrency: 5, scanMs: 10, leaseMs: 5_000, pollTimeoutMs: 5_000, ...settings },
    });
    workers.push(worker);
    worker.start();
    return worker;
  }
  const units = async () =>
    (await fixture.store.read.pollUnits.list()).filter(({ accountId }) => accountId === account);
  const allPolled = (times = 1) =>
    eventually(async () => (await units()).every(({ epoch, owner }) => epoch >= times && owner === null));

  // Under load the time may be up before the cloud is asked.
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      const end = () => reject(signal.reason);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end);
    });

  it('shares the units with others, so that no two ever list the same one', async () => {
    for (const region of regions) cloud.listings.set(region, [[instanceBody(`i-in-${region}`)]]);
    startWorker('a', {}, fixture.openStore());
    startWorker('b', {}, fixture.openStore());
    startWorker('c', {}, fixture.openStore());
    await allPolled(3);

    expect(cloud.atOnceMax).to.equal(1);
    const discovered = (await fixture.events()).filter(({ change }) => change === 'discovered');
    expect(discovered).to.have.length(12);
    expect(new Set(discovered.map(({ cloudId }) => cloudId)).size).to.equal(12);
  });

  it('polls no more units at once than it may', async () => {
    let most = 0;
    cloud.beforePage = async () => {
      const now = [...cloud.atOnce.values()].reduce((sum, count) => sum + count, 0);
      most = Math.max(most, now);
    };
    startWorker('a', { concurrency: 3 });
    await allPolled();

    expect(most).to.be.within(1, 3);
  });

  it('keeps the lease of a listing that takes long', async () => {
    cloud.beforePage = async ({ region, index }) => {
      if (region === 'region-0' && index === 0) await new Promise((resolve) => setTimeout(resolve, 2_500));
    };
    startWorker('a', { leaseMs: 1_000 }, fixture.openStore());
    startWorker('b', { leaseMs: 1_000 }, fixture.openStore());
    await allPolled(2);

    expect(cloud.atOnceMax).to.equal(1);
  });

  it('takes over what a poller that died has left', async () => {
    const options = { owner: 'dead', leaseMs: 300, limit: 100, clouds: ['ec2'] };
    const left = await fixture.store.inTransaction((tx) => tx.pollUnits.leaseDue(options));
    expect(left).to.have.length(12);
    cloud.listings.set('region-3', [[instanceBody('i-3')]]);

    startWorker('a');
    await allPolled(2);

    expect((await fixture.events()).map(({ cloudId }) => cloudId)).to.deep.equal(['i-3']);
  });

  it('ends a listing that hangs, and counts it as failed', async () => {
    cloud.beforePage = ({ region, signal }) =>
      region !== 'region-0' ? Promise.resolve() : untilAborted(signal);
    startWorker('a', { pollTimeoutMs: 100 });

    const failed = await eventually(async () => (await units()).find(({ state }) => state === 'failing'));

    expect(failed).to.include({ region: 'region-0', lastErrorCode: 'cloud-timeout' });
  });

  it('gives back what is under way when it stops, for another to take at once', async () => {
    let hanging = 0;
    cloud.beforePage = ({ signal }) => {
      hanging += 1;
      return untilAborted(signal);
    };
    const worker = startWorker('a', { concurrency: 12 });
    await eventually(() => hanging === 12);
    const startedMs = performance.now();
    await worker.stop();

    expect(performance.now() - startedMs).to.be.lessThan(2_000);
    expect((await units()).map(({ owner, state }) => `${owner} ${state}`)).to.deep.equal(
      Array(12).fill('null ok'),
    );
    cloud.beforePage = async () => undefined;
    startWorker('b');
    await allPolled(2);
  });

  it('leaves units of clouds that it does not serve alone', async () => {
    const other = {
      cloud: 'other',
      accountId: 'other-1',
      region: 'r',
      group: 'g',
      types: ['instance'] as const,
    };
    await fixture.store.read.pollUnits.ensure([{ ...other, intervalMs: 1, firstInMs: 0 }]);
    startWorker('a');
    await allPolled();

    expect(await fixture.store.read.pollUnits.find(other)).to.include({ epoch: 0 });
  });
});
