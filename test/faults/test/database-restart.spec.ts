import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateDatabase, startPrivateDatabase } from '@cloud-gateway/embedded';
import {
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { isRetryable } from '../src/api-client.ts';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, expectOneInstancePerKey } from '../src/launches.ts';
import { startLoad } from '../src/start-load.ts';
import { startWorld, type World } from '../src/start-world.ts';

describe('a database that is killed under load', function () {
  this.timeout(serverStartTimeoutMs);
  const directory = mkdtempSync(join(tmpdir(), 'cloud-gateway-faults-'));
  let database: PrivateDatabase;
  let virtualHost: TestVirtualHost;
  let world: World;

  before(async () => {
    [virtualHost, database] = await Promise.all([
      createTestVirtualHost(),
      startPrivateDatabase({ directory, report: () => undefined }),
    ]);
    world = await startWorld({ servers: { databaseUrl: database.databaseUrl, amqpUrl: virtualHost.url } });
  });
  after(async () => {
    try {
      if (world) expect(await world.stop(), 'dead letters').to.equal(0);
    } finally {
      await database?.database.kill();
      await Promise.all([database?.stop(), virtualHost?.remove()]);
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('is a delay: the services recover by themselves, one instance per key and every event', async () => {
    const processes = world.running();
    const users = processes.filter(({ service }) => service !== 'edge');
    const readiness = () => Promise.all(users.map((one) => one.readiness()));
    const launchCalls = () => world.simulator.calls().counts['ec2:RunInstances'] ?? 0;
    const load = startLoad(world, 'database');
    await load.more(5);
    // One launch is carried out while there is no database to write it down.
    world.simulator.setFaults([{ kind: 'delay', action: 'RunInstances', ms: 2500, times: 1 }]);
    await eventually(() => world.simulator.faults().length === 0);
    await database.database.kill();
    const carriedOut = launchCalls();
    await eventually(() => launchCalls() > carriedOut);
    await eventually(async () => (await readiness()).every((status) => status === 503), {
      message: 'Every service that needs it says that it is not ready',
    });
    await database.database.start();
    await eventually(async () => (await readiness()).every((status) => status === 200), {
      timeoutMs: 20_000,
      message: 'Every service is ready again',
    });
    await load.more(5);
    const { launches, reads } = await load.stop();

    for (const { answers } of launches) expectClearAnswers(answers);
    expectClearAnswers(reads);
    expect(reads.filter(isRetryable), 'reads that met the outage').to.not.have.length(0);
    expect(world.running(), 'processes that live on').to.deep.equal(processes);
    await expectCompleteEvents(world, await expectOneInstancePerKey(world, launches));
  });
});
