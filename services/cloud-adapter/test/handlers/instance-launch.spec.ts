import { instanceLaunchRoute, resourceHistoryRoute, resourceShowRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

describe('instance-launch', () => {
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

  const asked = (idempotencyKey: string, changes: object = {}) => ({
    token: client.token,
    params: world.path,
    idempotencyKey,
    body: { region: 'us-east-1', imageId: world.imageId, instanceType: 't3.micro', ...changes },
  });

  function launchedWith(idempotencyKey: string): string[] {
    const { instances } = world.simulator.snapshot({ accountId: '111111111111', region: 'us-east-1' });
    return instances
      .filter(({ tags }) => tags['cloud-gateway:request'] === idempotencyKey)
      .map(({ id }) => id);
  }

  it('launches one instance with the credentials of the caller', async () => {
    const document = await world.ask(
      instanceLaunchRoute,
      asked('first', { name: 'web-1', tags: { role: 'web' } }),
    );

    expect(document).to.include({ name: 'web-1', region: 'us-east-1', revision: 1, owner: '111111111111' });
    expect(document.tags).to.deep.equal({ Name: 'web-1', role: 'web', 'cloud-gateway:request': 'first' });
    expect(launchedWith('first')).to.deep.equal([document.cloudId]);
  });

  it('has written the instance and its event before it answers', async () => {
    const { id, cloudId } = await world.ask(instanceLaunchRoute, asked('written'));
    const params = { ...world.path, id };

    const shown = await world.ask(resourceShowRoute('instance'), { token: client.token, params });
    const { items } = await world.ask(resourceHistoryRoute('instance'), { token: client.token, params });
    const events = await world.store.read.outbox.listWaiting(100);

    expect(shown.cloudId).to.equal(cloudId);
    expect(items.map(({ change, cause }) => [change, cause.kind])).to.deep.equal([['discovered', 'request']]);
    expect(events.filter(({ subject }) => subject === id)).to.have.length(1);
  });

  it('asks the poller to look soon', async () => {
    const unit = { cloud: 'ec2', accountId: world.account, region: 'us-east-1', group: 'instances' };
    await world.store.read.pollUnits.ensure([
      { ...unit, types: ['instance'], intervalMs: 30_000, firstInMs: 600_000 },
    ]);

    await world.ask(instanceLaunchRoute, asked('soon'));

    const status = await world.store.read.pollUnits.find(unit);
    expect(status?.wokenAtMs).to.be.a('number');
    expect(status?.nextAt.getTime()).to.be.lessThan(Date.now() + 60_000);
  });

  it('launches one instance however often the same wish is sent', async () => {
    const first = await world.ask(instanceLaunchRoute, asked('repeated'));

    const second = await world.ask(instanceLaunchRoute, asked('repeated'));

    expect(second.id).to.equal(first.id);
    expect(launchedWith('repeated')).to.have.length(1);
  });

  it('refuses the same key for another wish', async () => {
    await world.ask(instanceLaunchRoute, asked('reused'));

    const problem = await world.refusal(instanceLaunchRoute, asked('reused', { name: 'another' }));

    expect(problem).to.include({ code: 'idempotency-key-reused', status: 422 });
  });

  it('launches one instance although the cloud cuts every answer, once it is repeated', async () => {
    world.simulator.setFaults([{ kind: 'reset-after', action: 'RunInstances', times: 2 }]);

    const problem = await world.refusal(instanceLaunchRoute, asked('cut'));
    const document = await world.ask(instanceLaunchRoute, asked('cut'));

    expect(problem).to.include({ code: 'cloud-unreachable', retryable: true });
    expect(launchedWith('cut')).to.deep.equal([document.cloudId]);
  });

  it('passes on what the cloud says, and when to come back', async () => {
    world.simulator.setFaults([{ kind: 'throttle', action: 'RunInstances', times: 1 }]);

    const throttled = await world.refusal(instanceLaunchRoute, asked('throttled'));
    const noImage = await world.refusal(
      instanceLaunchRoute,
      asked('no-image', { imageId: 'ami-00000000000000000' }),
    );

    expect(throttled).to.include({ code: 'cloud-throttled', status: 429, retryAfterSeconds: 2 });
    expect(throttled.cloud?.code).to.equal('RequestLimitExceeded');
    expect(noImage).to.include({ code: 'cloud-not-found' });
    expect(noImage.cloud?.requestId).to.be.a('string');
  });

  it('sends nothing to a cloud whose clock is wrong, and says so in an event', async () => {
    world.simulator.setClockOffsetSeconds(400);
    // The last observation is trusted for a minute; the answer itself is what gives the clock away then.
    const problem = await world.refusal(instanceLaunchRoute, asked('wrong-clock'));
    world.simulator.setClockOffsetSeconds(0);

    expect(problem).to.include({ code: 'cloud-clock-skew', retryable: true });
    const again = await world.ask(instanceLaunchRoute, asked('wrong-clock'));
    expect(launchedWith('wrong-clock')).to.deep.equal([again.cloudId]);
    await eventually(async () => {
      const subjects = (await world.store.read.outbox.listWaiting(100)).map(({ type }) => type);
      return subjects.includes('cloud-gateway.cloud.clock-skew.v1');
    });
  });

  it('works on with the new credentials right after the account was proven again', async () => {
    await world.ask(instanceLaunchRoute, asked('before'));
    await world.prove(client);

    const document = await world.ask(instanceLaunchRoute, asked('after'));

    expect(launchedWith('after')).to.deep.equal([document.cloudId]);
  });

  it('refuses a region that is not served, a caller without the permission, and one without the account', async () => {
    const reader = await world.createClient(['resources:read']);
    const stranger = await world.createClient();

    const region = await world.refusal(instanceLaunchRoute, asked('r', { region: 'mars-1' }));
    const forbidden = await world.refusal(instanceLaunchRoute, { ...asked('r'), token: reader.token });
    const notProven = await world.refusal(instanceLaunchRoute, { ...asked('r'), token: stranger.token });

    expect(region).to.include({ code: 'validation-failed' });
    expect(region.errors).to.deep.equal([
      { path: 'body.region', message: 'must be one of us-east-1, eu-west-1' },
    ]);
    expect(forbidden).to.include({ code: 'forbidden' });
    expect(notProven).to.include({ code: 'account-not-proven' });
  });
});
