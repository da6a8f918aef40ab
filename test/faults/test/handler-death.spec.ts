import {
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  type TestDatabase,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, instancesByKey, launchCall, launchedInstance } from '../src/launches.ts';
import { startWorld, type World } from '../src/start-world.ts';

const otherRegion = 'us-west-2';

describe('a launch whose handler dies', function () {
  this.timeout(serverStartTimeoutMs);
  let database: TestDatabase;
  let virtualHost: TestVirtualHost;
  let world: World;

  before(async () => {
    [database, virtualHost] = await Promise.all([createTestDatabase(), createTestVirtualHost()]);
    world = await startWorld({
      servers: { databaseUrl: database.url, amqpUrl: virtualHost.url },
      env: { GATEWAY_EC2_REGIONS: `us-east-1,${otherRegion}` },
    });
  });
  after(async () => {
    try {
      expect(await world?.stop()).to.equal(0);
    } finally {
      await Promise.all([database?.drop(), virtualHost?.remove()]);
    }
  });

  it('gives one instance, whether the cloud had carried it out or not when the handler was killed', async () => {
    const [handler] = world.running('cloud-adapter');
    // One launch is carried out while its handler can no longer hear of it; the other one only after his death.
    world.simulator.setFaults([
      { kind: 'delay', action: 'RunInstances', region: 'us-east-1', ms: 500, times: 1 },
      { kind: 'delay', action: 'RunInstances', region: otherRegion, ms: 4000, times: 1 },
    ]);
    const calls = { early: launchCall(world, 'early'), late: launchCall(world, 'late', otherRegion) };
    const early = world.api.send(calls.early);
    const late = world.api.send(calls.late);
    await eventually(() => world.simulator.faults().length === 0, { message: 'Both calls have arrived' });
    handler?.signal('SIGSTOP');
    await eventually(() => instancesByKey(world).has('early'));
    await handler?.kill('SIGKILL');
    expect([...instancesByKey(world, otherRegion).keys()]).to.deep.equal([]);
    await world.startAnother('cloud-adapter');

    const first = await Promise.all([early, late]);
    expectClearAnswers(first);
    const repeated = await Promise.all([
      world.api.sendUntilServed(calls.early),
      world.api.sendUntilServed(calls.late),
    ]);
    expect(instancesByKey(world).get('early')).to.deep.equal([launchedInstance(repeated[0]).cloudId]);
    expect(instancesByKey(world, otherRegion).get('late')).to.deep.equal([
      launchedInstance(repeated[1]).cloudId,
    ]);
    // Whoever was answered was answered with the same instance.
    for (const [index, answer] of first.entries()) {
      if (answer.kind === 'answer' && answer.status < 300)
        expect(launchedInstance([answer]).cloudId).to.equal(launchedInstance(repeated[index] ?? []).cloudId);
    }
    await expectCompleteEvents(
      world,
      repeated.map((answers) => launchedInstance(answers).cloudId),
    );
  });

  it('gives one instance when the cloud’s answer is cut off after the effect', async () => {
    world.simulator.setFaults([{ kind: 'reset-after', action: 'RunInstances', times: 1 }]);
    const answers = await world.api.sendUntilServed(launchCall(world, 'cut-off-once'));
    expect(answers, 'the gateway itself asks again').to.have.length(1);
    expect(instancesByKey(world).get('cut-off-once')).to.deep.equal([launchedInstance(answers).cloudId]);
  });

  it('gives one instance when every answer of the first request is cut off', async () => {
    world.simulator.setFaults([{ kind: 'reset-after', action: 'RunInstances', times: 2 }]);
    const call = launchCall(world, 'cut-off-twice');
    const first = await world.api.send(call);
    expect(first).to.deep.include({ status: 502 });
    const answers = await world.api.sendUntilServed(call);
    expect(instancesByKey(world).get('cut-off-twice')).to.deep.equal([launchedInstance(answers).cloudId]);
  });
});
