import { randomBytes } from 'node:crypto';
import { topology } from '@cloud-gateway/contracts';
import { connectBroker, type DeadLetterDesk, openDeadLetterDesk } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { eventually, rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { problemOf } from '../src/api-client.ts';
import { captureDeadLetters } from '../src/dead-letters.ts';
import { lookAtQueue } from '../src/event-queue.ts';
import { expectCompleteEvents } from '../src/expect-events.ts';
import { expectClearAnswers, instancesByKey, launchCall, launchedInstance } from '../src/launches.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

const otherRegion = 'us-west-2';

describe('a launch whose handler dies', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;

  before(async () => {
    world = await startSharedWorld({
      env: {
        GATEWAY_EC2_REGIONS: `us-east-1,${otherRegion}`,
        GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '90s', // What is redelivered must outlast slow starts of five handlers.
      },
    });
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
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
    for (const answers of repeated)
      expect(answers.at(-1), 'it was carried out before it was repeated').to.include({ replayed: true });
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
    expect(problemOf(first)).to.include({ code: 'outcome-pending', retryable: true });
    const answers = await world.api.sendUntilServed(call);
    expect(instancesByKey(world).get('cut-off-twice')).to.deep.equal([launchedInstance(answers).cloudId]);
  });

  it('becomes a sealed dead letter when it ends five processes, and can be sent again from there', async () => {
    const queue = topology.requestQueue('cloud-adapter.ec2', 'write');
    const userData = `password=${randomBytes(12).toString('hex')}`;
    rememberSecret(userData);
    const call = launchCall(world, 'poison');
    const poison = { ...call, body: { ...(call.body as object), userData } };
    world.simulator.setFaults([
      { kind: 'delay', action: 'RunInstances', ms: 60_000 },
      { kind: 'delay', action: 'RunInstances', ms: 0, times: 1 }, // Spent when the first call has arrived.
    ]);
    const asked = world.api.send(poison);
    await eventually(() => world.simulator.faults().length === 1);
    for (let death = 1; death <= 5; death += 1) {
      await eventually(
        async () => {
          const { messageCount, consumerCount } = await lookAtQueue(world.virtualHost.url, queue);
          return consumerCount === 1 && messageCount === 0;
        },
        { message: 'A handler has taken it' },
      );
      for (const handler of world.running('cloud-adapter')) await handler.kill('SIGKILL');
      await world.startAnother('cloud-adapter');
    }
    expect(problemOf(await asked)).to.include({ code: 'internal', retryable: false });
    expect(await captureDeadLetters(world.virtualHost.url)).to.equal(1);
    expect(instancesByKey(world).has('poison')).to.equal(false);

    world.simulator.setFaults([]);
    await withDeadLetterDesk(async (desk) => {
      const [letter] = await desk.list(10);
      await desk.requeue(letter?.messageId ?? '');
    });
    await eventually(() => instancesByKey(world).has('poison'), { timeoutMs: 30_000 });
    const answers = await world.api.sendUntilServed(poison);
    expect(instancesByKey(world).get('poison')).to.deep.equal([launchedInstance(answers).cloudId]);
  });

  async function withDeadLetterDesk(work: (desk: DeadLetterDesk) => Promise<void>): Promise<void> {
    const log = createLogger({ service: 'operator', level: 'error' });
    const connection = await connectBroker({ url: world.virtualHost.url, name: 'operator', log });
    const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(world.masterKey)) });
    try {
      const desk = await openDeadLetterDesk({ connection, log, open: vault.open });
      await work(desk);
      await desk.close();
    } finally {
      await connection.close();
    }
  }
});
