import type { CloudClockTransition } from '@cloud-gateway/clouds';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createClockReporter } from '../src/clock-reporter.ts';
import { createPollerFixture, type PollerFixture, silentLog } from './poller-fixture.ts';

describe('the clock reporter', function () {
  this.timeout(serverStartTimeoutMs);
  let fixture: PollerFixture;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());

  const transition: CloudClockTransition = {
    cloud: 'ec2',
    endpoint: 'https://ec2.example',
    from: 'in-sync',
    to: 'out-of-sync',
    skewSeconds: 301,
    atMs: Date.now(),
  };
  const reporter = () =>
    createClockReporter({ store: fixture.store, clock: fixture.pollDeps.clock, log: silentLog });
  const subjects = async () => (await fixture.events()).map(({ subject }) => subject);

  it('tells a transition once, however many processes have seen it', async () => {
    const reporters = [reporter(), reporter(), reporter()];
    for (const each of reporters) each.note(transition);
    await Promise.all(reporters.map((each) => each.flush()));
    for (const each of reporters) await each.flush();

    expect(await subjects()).to.deep.equal(['cloud.clock-skew']);
    expect((await fixture.events())[0]?.details).to.deep.equal({
      cloud: 'ec2',
      endpoint: 'https://ec2.example',
      skewSeconds: 301,
    });
  });

  it('tells that the clock is back', async () => {
    const each = reporter();
    each.note({ ...transition, from: 'out-of-sync', to: 'in-sync', skewSeconds: 0 });
    await each.flush();

    expect(await subjects()).to.deep.equal(['cloud.clock-skew', 'cloud.clock-in-sync']);
  });

  it('tells later what the store did not take at first', async () => {
    const broken = { ...fixture.store, inTransaction: () => Promise.reject(new Error('away')) };
    let store = broken as typeof fixture.store;
    const each = createClockReporter({
      get store() {
        return store;
      },
      clock: fixture.pollDeps.clock,
      log: silentLog,
    });
    each.note({ ...transition, endpoint: 'https://other.example' });
    expect(await each.flush().catch((err: Error) => err.message)).to.equal('away');
    store = fixture.store;
    await each.flush();

    expect((await subjects()).filter((subject) => subject === 'cloud.clock-skew')).to.have.length(2);
  });
});
