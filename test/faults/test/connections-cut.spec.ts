import { closeBrokerConnections, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, expectOneInstancePerKey } from '../src/launches.ts';
import { startLoad } from '../src/start-load.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

describe('connections to the broker that are cut under load', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;

  before(async () => {
    world = await startSharedWorld();
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
  });

  it('come back by themselves: one instance per key and every event, after three cuts', async () => {
    const processes = world.running();
    const readiness = () => Promise.all(processes.map((one) => one.readiness()));
    const load = startLoad(world, 'cut');
    for (let cut = 1; cut <= 3; cut += 1) {
      await load.more(5);
      await eventually(async () => (await readiness()).every((status) => status === 200));
      expect(await closeBrokerConnections(world.virtualHost.name)).to.be.at.least(processes.length);
    }
    await load.more(5);
    const { launches, reads } = await load.stop();

    for (const { answers } of launches) expectClearAnswers(answers);
    expectClearAnswers(reads);
    expect(world.running(), 'processes that live on').to.deep.equal(processes);
    await expectCompleteEvents(world, await expectOneInstancePerKey(world, launches));
  });
});
