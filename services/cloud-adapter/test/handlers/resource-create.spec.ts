import { resourceCreateRoute, resourceHistoryRoute, resourceShowRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { eventually, rememberSecret } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { resourceCreate } from '../../src/handlers/resource-create.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const createInstance = resourceCreateRoute('instance');
const createGroup = resourceCreateRoute('security-group');
const createKey = resourceCreateRoute('ssh-key');
const requestTag = 'cloud-gateway:request';

describe('resource-create', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());
  afterEach(() => {
    world.simulator.setFaults([]);
    world.simulator.setTransitionMs(0);
  });

  const asked = (idempotencyKey: string, changes: object = {}) => ({
    token: client.token,
    params: world.path,
    idempotencyKey,
    body: { region: 'us-east-1', imageId: world.imageId, instanceType: 't3.micro', ...changes },
  });
  const askedGroup = (idempotencyKey: string) => ({
    ...asked(idempotencyKey),
    body: { region: 'us-east-1', name: idempotencyKey, description: 'of a test' },
  });

  const inCloud = () => world.simulator.snapshot({ accountId: '111111111111', region: 'us-east-1' });
  const launchedWith = (idempotencyKey: string) =>
    inCloud()
      .instances.filter(({ tags }) => tags[requestTag] === `${client.id}/${idempotencyKey}`)
      .map(({ id }) => id);
  const groupsNamed = (name: string) =>
    inCloud().securityGroups.filter((group) => group.name === name && group.tags[requestTag] !== undefined);

  it('makes one instance with the credentials of the caller, and its tag names client and key', async () => {
    const document = await world.change<'instance'>(
      createInstance,
      asked('first', { name: 'web-1', tags: { role: 'web' } }),
    );

    expect(document).to.include({ name: 'web-1', region: 'us-east-1', owner: '111111111111' });
    expect(document.tags).to.deep.equal({ Name: 'web-1', role: 'web', [requestTag]: `${client.id}/first` });
    expect(document.connectAddress).to.be.a('string');
    expect(launchedWith('first')).to.deep.equal([document.cloudId]);
  });

  it('has written the resource and its event before it answers, and keeps no intent', async () => {
    const { id, cloudId } = await world.change<'instance'>(createInstance, asked('written'));
    const params = { ...world.path, id };

    const shown = await world.ask(resourceShowRoute('instance'), { token: client.token, params });
    const { items } = await world.ask(resourceHistoryRoute('instance'), { token: client.token, params });
    const events = await world.store.read.outbox.listWaiting(100);

    expect(shown.cloudId).to.equal(cloudId);
    expect(items.at(-1)?.change).to.equal('discovered');
    expect(items.at(-1)?.cause.kind).to.equal('request');
    expect(events.filter(({ subject }) => subject === id)).to.have.length(items.length);
    expect(await world.store.read.writeIntents.count()).to.equal(0);
  });

  it('answers 202 while it is made, watches it, and waits for it when that is preferred', async () => {
    world.simulator.setTransitionMs(1_500);

    const at_once = await world.send(createInstance, asked('at-once'));
    const watches = await world.store.read.watches.count();
    const waited = await world.send(createInstance, { ...asked('waited'), headers: { prefer: 'wait=15' } });

    expect(at_once.status).to.equal(202);
    expect(at_once.headers).to.include.keys('etag', 'location');
    expect(JSON.parse(at_once.text).state).to.equal('pending');
    expect(watches).to.be.greaterThan(0);
    expect(waited.status).to.equal(201);
    expect(waited.headers['preference-applied']).to.equal('wait=15');
    expect(JSON.parse(waited.text).state).to.equal('running');
  });

  it('makes one however often, and however many at once, the same wish is sent', async () => {
    const wishes = await Promise.all(
      Array.from({ length: 4 }, () => world.change<'instance'>(createInstance, asked('repeated'))),
    );
    const later = await world.change<'instance'>(createInstance, asked('repeated'));

    expect(new Set([...wishes, later].map(({ id }) => id)).size).to.equal(1);
    expect(launchedWith('repeated')).to.have.length(1);
  });

  it('takes the same key of another client for another wish', async () => {
    const other = await world.createClient();
    await world.prove(other);

    const mine = await world.change<'instance'>(createInstance, asked('shared-key'));
    const theirs = await world.change<'instance'>(createInstance, {
      ...asked('shared-key'),
      token: other.token,
    });

    expect(theirs.cloudId).not.to.equal(mine.cloudId);
  });

  for (const [type, route, ask, made, action] of [
    ['an instance', createInstance, asked, launchedWith, 'RunInstances'],
    ['a security group', createGroup, askedGroup, groupsNamed, 'CreateSecurityGroup'],
  ] as const) {
    it(`makes one of ${type} although the cloud cuts the answers`, async () => {
      const key = `cut-${action}`;
      world.simulator.setFaults([{ kind: 'reset-after', action, times: 2 }]);

      const answer = await world.send(route, ask(key));
      const again = answer.status < 300 ? answer : await world.send(route, ask(key));

      expect([200, 201, 202]).to.include(again.status);
      expect(made(key)).to.have.length(1);
      expect(await world.store.read.writeIntents.count()).to.equal(0);
    });
  }

  it('says that it does not know yet when the cloud cannot even be asked, and finds out when it is repeated', async () => {
    world.simulator.setFaults([
      { kind: 'reset-after', action: 'CreateSecurityGroup', times: 1 },
      { kind: 'fail', action: 'DescribeSecurityGroups', status: 503, code: 'Unavailable' },
    ]);

    const problem = await world.refusal(createGroup, askedGroup('pending'));
    const intent = await world.store.read.writeIntents.find({ clientId: client.id, key: 'pending' });
    await world.refusal(createGroup, askedGroup('pending'));
    const later = await world.store.read.writeIntents.find({ clientId: client.id, key: 'pending' });
    world.simulator.setFaults([]);
    const made = await world.change<'security-group'>(createGroup, askedGroup('pending'));

    expect(problem).to.include({ code: 'outcome-pending', status: 504, retryable: true });
    expect(intent).to.include({ requestId: `${client.id}/pending`, type: 'security-group' });
    // An attempt that only looked has sent nothing: else whoever repeats it often would never get anywhere.
    expect(intent?.lastSentAt).to.be.a('date');
    expect(later?.lastSentAt).to.deep.equal(intent?.lastSentAt);
    expect(groupsNamed('pending').map(({ id }) => id)).to.deep.equal([made.cloudId]);
    expect(await world.store.read.writeIntents.count()).to.equal(0);
  });

  it('gives what an earlier attempt has stored before it died, and makes nothing', async () => {
    // Of a network the cloud would make another one: it has neither an idempotency token nor a unique name.
    const body = { region: 'us-east-1', cidrBlock: '10.9.0.0/16', tags: {}, cloudAttributes: {} };
    const wish = { ...asked('died'), body };
    const first = await world.change<'network'>(resourceCreateRoute('network'), wish);
    const { handle } = resourceCreate(world.handlerDeps, 'network');

    const second = await handle(repeatedRequest({ clientId: client.id }, wish)(2));

    expect(second.body).to.include({ id: first.id });
    const made = inCloud().vpcs.filter(({ tags }) => tags[requestTag] === `${client.id}/died`);
    expect(made.map(({ id }) => id)).to.deep.equal([first.cloudId]);
    expect(await world.store.read.writeIntents.count()).to.equal(0);
  });

  it('tells the private key of a pair once, and stores it nowhere', async () => {
    const wish = { ...asked('pair'), body: { region: 'us-east-1', name: 'pair' } };

    const made = await world.change<'ssh-key'>(createKey, wish);
    const { privateKey } = made as unknown as { privateKey: string };
    rememberSecret(privateKey);
    const again = await world.change<'ssh-key'>(createKey, wish);
    const shown = await world.send(resourceShowRoute('ssh-key'), {
      token: client.token,
      params: { ...world.path, id: made.id },
    });

    expect(privateKey).to.include('PRIVATE KEY');
    expect(again).to.deep.equal(made);
    expect(shown.text).not.to.include('PRIVATE KEY');
    const events = await world.store.read.outbox.listWaiting(1_000);
    expect(JSON.stringify(events)).not.to.include('PRIVATE KEY');
  });

  it('makes nothing and stores nothing in a dry run, and tells what would be refused', async () => {
    const { instances: before } = inCloud();

    const would = await world.ask(createInstance, { ...asked('dry'), query: 'dryRun=true' });
    const user = { accountId: '111111111111', userName: 'anna' };
    world.simulator.setDeniedActions({ ...user, deniedActions: ['ec2:RunInstances'] });
    const wouldNot = await world.refusal(createInstance, { ...asked('dry-2'), query: 'dryRun=true' });
    world.simulator.setDeniedActions({ ...user, deniedActions: [] });

    expect(would).to.deep.equal({ dryRun: true, wouldSucceed: true });
    expect(wouldNot).to.include({ code: 'cloud-forbidden' });
    expect(inCloud().instances).to.have.length(before.length);
    expect(await world.store.read.writeIntents.count()).to.equal(0);
  });

  it('passes on what the cloud says, and when to come back', async () => {
    world.simulator.setFaults([{ kind: 'throttle', action: 'RunInstances', times: 1 }]);

    const throttled = await world.refusal(createInstance, asked('throttled'));
    const noImage = await world.refusal(
      createInstance,
      asked('no-image', { imageId: 'ami-00000000000000000' }),
    );

    expect(throttled).to.include({ code: 'cloud-throttled', status: 429 });
    expect(throttled.retryAfterSeconds).to.be.greaterThan(0);
    expect(throttled.cloud?.code).to.equal('RequestLimitExceeded');
    expect(noImage).to.include({ code: 'cloud-not-found' });
    expect(await world.store.read.writeIntents.count()).to.equal(0);
  });

  it('sends nothing to a cloud whose clock is wrong, and says so in an event', async () => {
    world.simulator.setClockOffsetSeconds(400);
    // The last observation is trusted for a minute; the answer itself is what gives the clock away then.
    await world.refusal(createInstance, asked('wrong-clock'));
    world.simulator.setClockOffsetSeconds(0);

    const again = await world.change<'instance'>(createInstance, asked('wrong-clock'));

    expect(launchedWith('wrong-clock')).to.deep.equal([again.cloudId]);
    await eventually(async () => {
      const subjects = (await world.store.read.outbox.listWaiting(1_000)).map(({ type }) => type);
      return subjects.includes('cloud-gateway.cloud.clock-skew.v1');
    });
  });

  it('works on with the new credentials right after the account was proven again', async () => {
    await world.change(createInstance, asked('before'));
    await world.prove(client);

    const document = await world.change<'instance'>(createInstance, asked('after'));

    expect(launchedWith('after')).to.deep.equal([document.cloudId]);
  });

  it('refuses what cannot be: another wish under the key, a region, a caller', async () => {
    await world.change(createInstance, asked('reused'));
    const reader = await world.createClient(['resources:read']);
    const stranger = await world.createClient();

    const reused = await world.refusal(createInstance, asked('reused', { name: 'another' }));
    const region = await world.refusal(createInstance, asked('r', { region: 'mars-1' }));
    const forbidden = await world.refusal(createInstance, { ...asked('r'), token: reader.token });
    const notProven = await world.refusal(createInstance, { ...asked('r'), token: stranger.token });

    expect(reused).to.include({ code: 'idempotency-key-reused', status: 422 });
    expect(region.errors).to.deep.equal([
      { path: 'body.region', message: 'must be one of us-east-1, eu-west-1' },
    ]);
    expect(forbidden).to.include({ code: 'forbidden' });
    expect(notProven).to.include({ code: 'account-not-proven' });
  });
});
