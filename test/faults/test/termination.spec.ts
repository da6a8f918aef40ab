import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, expectOneInstancePerKey } from '../src/launches.ts';
import { serviceNames } from '../src/service-process.ts';
import { startLoad } from '../src/start-load.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

/** What runService allows for a stop. */
const shutdownTimeoutMs = 25_000;

describe('a service that is told to end under load', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;

  before(async () => {
    world = await startSharedWorld({
      processes: { edge: 2, credentials: 2, 'cloud-adapter': 2, poller: 2 },
    });
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
  });

  it('ends with status 0 in its time, one service after the other, and no request is lost', async () => {
    const load = startLoad(world, 'ending');
    const closedDoors: string[] = [];
    for (const service of serviceNames) {
      await load.more(5);
      const [ending] = world.running(service);
      if (ending?.url !== undefined) closedDoors.push(ending.url);
      expect(await ending?.stop(shutdownTimeoutMs), service).to.deep.equal({ status: 0, signal: null });
    }
    await load.more(5);
    const { launches, reads } = await load.stop();

    for (const { answers } of launches) expectClearAnswers(answers, { closedDoors });
    expectClearAnswers(reads, { closedDoors });
    await expectCompleteEvents(world, await expectOneInstancePerKey(world, launches));
  });
});
