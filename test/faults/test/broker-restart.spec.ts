import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateBroker, startPrivateBroker } from '@cloud-gateway/embedded';
import {
  createTestDatabase,
  eventually,
  serverStartTimeoutMs,
  type TestDatabase,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, expectOneInstancePerKey } from '../src/launches.ts';
import { startLoad } from '../src/start-load.ts';
import { startWorld, type World } from '../src/start-world.ts';

describe('a broker that goes away under load', function () {
  this.timeout(serverStartTimeoutMs);
  const directory = mkdtempSync(join(tmpdir(), 'cloud-gateway-faults-'));
  let broker: PrivateBroker;
  let database: TestDatabase;
  let world: World;

  before(async () => {
    [database, broker] = await Promise.all([
      createTestDatabase(),
      startPrivateBroker({ directory, report: () => undefined }),
    ]);
    world = await startWorld({ servers: { databaseUrl: database.url, amqpUrl: broker.amqpUrl } });
  });
  after(async () => {
    try {
      expect(await world?.stop(), 'dead letters').to.equal(0);
    } finally {
      await broker?.broker.kill(); // Its data goes too, and an orderly stop takes 6 s.
      await Promise.all([broker?.stop(), database?.drop()]);
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('is a delay: one instance per key and every event, when it was stopped and started', async () => {
    await surviveAnOutage('stopped', () => broker.broker.stop());
  });

  it('is a delay: one instance per key and every event, when it was killed and started', async () => {
    await surviveAnOutage('killed', () => broker.broker.kill());
  });

  const launchesOfAllTests: Parameters<typeof expectOneInstancePerKey>[1][number][] = [];

  async function surviveAnOutage(name: string, end: () => Promise<void>) {
    const processes = world.running();
    const load = startLoad(world, name);
    await load.more(5);
    await end();
    await eventually(async () => (await readinessOf(world)).every((status) => status === 503), {
      message: 'Every service says that it is not ready',
    });
    await broker.broker.start();
    await eventually(async () => (await readinessOf(world)).every((status) => status === 200), {
      timeoutMs: 20_000,
      message: 'Every service is ready again',
    });
    await load.more(5);
    const { launches, reads } = await load.stop();
    launchesOfAllTests.push(...launches);

    for (const { answers } of launches) expectClearAnswers(answers);
    expectClearAnswers(reads);
    expect(world.running(), 'processes that live on').to.deep.equal(processes);
    const cloudIds = await expectOneInstancePerKey(world, launchesOfAllTests);
    await expectCompleteEvents(world, cloudIds);
  }
});

function readinessOf(world: World): Promise<number[]> {
  return Promise.all(world.running().map((one) => one.readiness()));
}
