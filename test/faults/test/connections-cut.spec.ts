import {
  closeBrokerConnections,
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  type TestDatabase,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, expectOneInstancePerKey } from '../src/launches.ts';
import { startLoad } from '../src/start-load.ts';
import { startWorld, type World } from '../src/start-world.ts';

describe('connections to the broker that are cut under load', function () {
  this.timeout(serverStartTimeoutMs);
  let database: TestDatabase;
  let virtualHost: TestVirtualHost;
  let world: World;

  before(async () => {
    [database, virtualHost] = await Promise.all([createTestDatabase(), createTestVirtualHost()]);
    world = await startWorld({ servers: { databaseUrl: database.url, amqpUrl: virtualHost.url } });
  });
  after(async () => {
    try {
      if (world) expect(await world.stop(), 'dead letters').to.equal(0);
    } finally {
      await Promise.all([database?.drop(), virtualHost?.remove()]);
    }
  });

  it('come back by themselves: one instance per key and every event, after three cuts', async () => {
    const processes = world.running();
    const readiness = () => Promise.all(processes.map((one) => one.readiness()));
    const load = startLoad(world, 'cut');
    for (let cut = 1; cut <= 3; cut += 1) {
      await load.more(5);
      await eventually(async () => (await readiness()).every((status) => status === 200));
      expect(await closeBrokerConnections(virtualHost.name)).to.be.at.least(processes.length);
    }
    await load.more(5);
    const { launches, reads } = await load.stop();

    for (const { answers } of launches) expectClearAnswers(answers);
    expectClearAnswers(reads);
    expect(world.running(), 'processes that live on').to.deep.equal(processes);
    await expectCompleteEvents(world, await expectOneInstancePerKey(world, launches));
  });
});
