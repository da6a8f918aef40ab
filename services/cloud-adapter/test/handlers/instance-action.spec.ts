import { instanceActionRoute, resourceHistoryRoute, resourceRefreshRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const start = instanceActionRoute('start');
const stop = instanceActionRoute('stop');
const reboot = instanceActionRoute('reboot');
const terminate = instanceActionRoute('terminate');

describe('instance-action', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());
  afterEach(() => world.simulator.setFaults([]));

  const asked = (id: string, idempotencyKey?: string) => ({
    token: client.token,
    params: { ...world.path, id },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  const reboots = () => world.simulator.calls().counts['ec2:RebootInstances'] ?? 0;

  it('stops, starts and terminates, and answers the instance with its new state', async () => {
    const { id, cloudId } = await world.runningInstance();

    const stopped = await world.change<'instance'>(stop, asked(id));
    const started = await world.change<'instance'>(start, asked(cloudId));
    const terminated = await world.change<'instance'>(terminate, asked(id));

    expect(stopped).to.include({ id, cloudId });
    expect(['stopping', 'stopped']).to.include(stopped.state);
    expect(['pending', 'running']).to.include(started.state);
    expect(['terminating', 'terminated']).to.include(terminated.state);
    const { items } = await world.ask(resourceHistoryRoute('instance'), asked(id));
    expect(items.map(({ cause }) => cause.kind)).to.deep.equal(['request', 'request', 'request', 'poll']);
  });

  it('stops once however often the connection to the cloud breaks', async () => {
    const { id } = await world.runningInstance();
    world.simulator.setFaults([{ kind: 'reset-after', action: 'StopInstances', times: 2 }]);

    const first = await world.send(stop, asked(id, 'stop-1'));
    const stopped = await world.change<'instance'>(stop, asked(id, 'stop-1'));

    expect([200, 202, 502]).to.include(first.status);
    expect(['stopping', 'stopped']).to.include(stopped.state);
  });

  it('reboots', async () => {
    const { id } = await world.runningInstance();
    const before = reboots();

    const document = await world.change<'instance'>(reboot, asked(id));

    expect(document).to.include({ id, state: 'running' });
    expect(reboots() - before).to.equal(1);
  });

  it('never reboots a second time: when the answer stays away, nobody knows, and a repetition says so too', async () => {
    const { id } = await world.runningInstance();
    const before = reboots();
    world.simulator.setFaults([{ kind: 'reset-after', action: 'RebootInstances', times: 1 }]);

    const first = await world.refusal(reboot, asked(id, 'reboot-1'));
    const second = await world.refusal(reboot, asked(id, 'reboot-1'));

    expect(first).to.include({ code: 'outcome-unknown', status: 500, retryable: false });
    expect(second).to.include({ code: 'outcome-unknown' });
    expect(reboots() - before).to.equal(1);
  });

  it('does not try a reboot again after an attempt that may have got through', async () => {
    const { id } = await world.runningInstance();
    const before = reboots();
    world.simulator.setFaults([{ kind: 'throttle', action: 'RebootInstances', times: 1 }]);

    const first = await world.refusal(reboot, asked(id, 'reboot-2'));
    const second = await world.refusal(reboot, asked(id, 'reboot-2'));

    expect(first).to.include({ code: 'cloud-throttled' });
    expect(second).to.include({ code: 'outcome-unknown' });
    expect(second.detail).to.include('another Idempotency-Key');
    expect(reboots() - before).to.equal(1);
  });

  it('answers 202 while the state changes, and waits for the next stable one when that is preferred', async () => {
    const { id } = await world.runningInstance();
    world.simulator.setTransitionMs(1_500);

    const underWay = await world.send(stop, asked(id));
    const waited = await world.send(stop, { ...asked(id), headers: { prefer: 'wait=15' } });
    world.simulator.setTransitionMs(0);

    expect(underWay.status).to.equal(202);
    expect(JSON.parse(underWay.text).state).to.equal('stopping');
    expect(waited.status).to.equal(200);
    expect(waited.headers).to.include({ 'preference-applied': 'wait=15' }).and.to.include.keys('etag');
    expect(JSON.parse(waited.text).state).to.equal('stopped');
  });

  it('stops nothing in a dry run', async () => {
    const { id } = await world.runningInstance();

    const answer = await world.ask(stop, { ...asked(id), query: 'dryRun=true' });

    expect(answer).to.deep.equal({ dryRun: true, wouldSucceed: true });
    const shown = await world.ask(resourceRefreshRoute('instance'), asked(id));
    expect(shown.state).to.equal('running');
  });

  it('refuses without asking the cloud what can never succeed', async () => {
    await world.seen([instanceBody('i-dead', { state: 'terminated', rawState: 'terminated' })]);
    const before = world.simulator.calls().total;

    for (const route of [start, stop, reboot]) {
      const problem = await world.refusal(route, asked('i-dead'));
      expect(problem).to.include({ code: 'cloud-conflict', status: 409 });
      expect(problem.detail).to.include('terminated');
    }

    expect(world.simulator.calls().total).to.equal(before);
  });

  it('leaves it to the cloud to refuse what the store cannot know for sure', async () => {
    await world.seen([instanceBody('i-0123456789abcdef0')]);

    const problem = await world.refusal(stop, asked('i-0123456789abcdef0'));

    expect(problem).to.include({ code: 'cloud-not-found' });
    expect(problem.cloud?.code).to.equal('InvalidInstanceID.NotFound');
  });

  it('refuses an instance that is not known, one that is deleted, and a caller without the account', async () => {
    const { id } = await world.runningInstance();
    const stranger = await world.createClient();
    const notProven = await world.refusal(stop, { ...asked(id), token: stranger.token });
    await world.vanished(id);

    expect(notProven).to.include({ code: 'account-not-proven' });
    expect(await world.refusal(stop, asked('i-unknown'))).to.include({ code: 'not-found' });
    expect(await world.refusal(stop, asked(id))).to.include({ code: 'gone', status: 410 });
  });

  it('answers by the deadline of the caller when the cloud hangs', async () => {
    const { id } = await world.runningInstance();
    world.simulator.setFaults([{ kind: 'delay', action: 'StopInstances', ms: 60_000 }]);

    const problem = await world
      .refusal(stop, { ...asked(id), timeoutMs: 1_000 })
      .catch((err: unknown) => err);

    // Whoever notices first: the cloud's client here, or the requester that waits for the answer.
    expect(problem).to.have.property('code').that.is.oneOf(['cloud-timeout', 'deadline-exceeded']);
  });
});
