import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topology } from '@cloud-gateway/contracts';
import { type PrivateBroker, startPrivateBroker } from '@cloud-gateway/embedded';
import {
  createTestDatabase,
  eventually,
  serverStartTimeoutMs,
  type TestDatabase,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Call, servedBody } from '../src/api-client.ts';
import { lookAtQueue } from '../src/event-queue.ts';
import { expectCompleteEvents } from '../src/expect-events.ts';
import {
  expectClearAnswers,
  expectOneInstancePerKey,
  instancesByKey,
  launchCall,
  requestTag,
} from '../src/launches.ts';
import { type Launch, startLoad } from '../src/start-load.ts';
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
    world = await startWorld({
      servers: { databaseUrl: database.url, amqpUrl: broker.amqpUrl },
      env: { GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '120s' }, // What waits in a queue must outlast a slow restart.
    });
  });
  after(async () => {
    try {
      if (world) expect(await world.stop(), 'dead letters').to.equal(0);
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

  it('has kept every write that it had accepted, also those whose callers are gone', async () => {
    for (const handler of world.running('cloud-adapter')) await handler.stop();
    const keys = ['gone-1', 'gone-2', 'gone-3'];
    const leaving = new AbortController();
    const calls = keys.map((key) =>
      world.api.send({ ...launchCall(world, key), signal: leaving.signal }).catch(() => 'left'),
    );
    const queue = topology.requestQueue('cloud-adapter.ec2', 'write');
    await eventually(async () => (await lookAtQueue(broker.amqpUrl, queue)).messageCount === keys.length);
    leaving.abort();
    expect(await Promise.all(calls)).to.deep.equal(keys.map(() => 'left'));
    await broker.broker.kill();
    await broker.broker.start();
    await world.startAnother('cloud-adapter');
    const launched = await eventually(
      () => {
        const ids = keys.map((key) => instancesByKey(world).get(key) ?? []);
        return ids.every(({ length }) => length > 0) && ids;
      },
      { timeoutMs: 30_000, message: 'Every launch is carried out' },
    );
    await expectCompleteEvents(world, launched.flat());
    expect(keys.map((key) => instancesByKey(world).get(key))).to.deep.equal(launched);
    expect(launched.flat()).to.have.length(keys.length);
  });

  it('makes one resource of two callers’ retries with the same key', async () => {
    // What EC2 knows a repetition of by a token, what it knows by the name, and what it would make any number of.
    const creates = {
      RunInstances: launchCall(world, 'twice-instance'),
      CreateSecurityGroup: createCall('security-groups', 'twice-group', { description: 'once' }),
      AllocateAddress: createCall('ip-addresses', 'twice-address', {}),
    };
    const actions = Object.keys(creates);
    // The broker goes while the cloud is at it.
    world.simulator.setFaults(actions.map((action) => ({ kind: 'delay', action, ms: 1500, times: 1 })));
    const callers = [world.api, await world.authenticate()];
    const asked = callers.flatMap((api) => Object.values(creates).map((call) => api.sendUntilServed(call)));
    await eventually(() => world.simulator.faults().length === 0, { message: 'Each has reached the cloud' });
    await broker.broker.kill();
    await broker.broker.start();
    const answers = await Promise.all(asked);

    const { instances, securityGroups, addresses } = world.simulator.snapshot(world.place);
    const all = [...instances, ...securityGroups, ...addresses];
    const made = Object.values(creates).map(({ idempotencyKey }) =>
      all.filter(({ tags }) => tags[requestTag]?.endsWith(`/${idempotencyKey}`)).map(({ id }) => id),
    );
    expect(made.map(({ length }) => length)).to.deep.equal([1, 1, 1]);
    const told = answers.map((each) => servedBody<{ cloudId: string }>(each.at(-1)).cloudId);
    expect(told).to.deep.equal([...made.flat(), ...made.flat()]);
    launchesOfAllTests.push({ key: 'twice-instance', answers: answers[0] ?? [] });
  });

  const launchesOfAllTests: Launch[] = [];

  function createCall(collection: string, key: string, body: object): Call {
    const path = `/v1/clouds/ec2/accounts/${world.account}/${collection}`;
    const { region } = world.place;
    return { method: 'POST', path, idempotencyKey: key, body: { region, name: key, ...body } };
  }

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
