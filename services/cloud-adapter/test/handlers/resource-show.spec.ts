import { resourceShowRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { resourceIdOf } from '@cloud-gateway/store';
import { expect } from 'chai';
import { imageBody } from '../image-body.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const instance = resourceShowRoute('instance');
const image = resourceShowRoute('image');

describe('resource-show', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
    await world.seen([instanceBody('i-1', { name: 'web' }), instanceBody('i-dead')]);
    await world.seen([imageBody('ami-public', { visibility: 'public' })], { account: 'ec2-public' });
  });
  after(() => world.close());

  function idOf(cloudId: string): string {
    const scope = { cloud: 'ec2', account: world.account, region: 'us-east-1' };
    return resourceIdOf(scope, { type: 'instance', cloudId });
  }

  it("finds a resource by the gateway's id and by the cloud's own", async () => {
    const { token } = client;

    const byOurs = await world.ask(instance, { token, params: { ...world.path, id: idOf('i-1') } });
    const byTheirs = await world.ask(instance, { token, params: { ...world.path, id: 'i-1' } });

    expect(byOurs).to.include({ id: idOf('i-1'), cloudId: 'i-1', name: 'web', state: 'running' });
    expect(byTheirs).to.deep.equal(byOurs);
  });

  it('finds what the cloud publishes to everybody', async () => {
    const found = await world.ask(image, {
      token: client.token,
      params: { ...world.path, id: 'ami-public' },
    });

    expect(found).to.include({ account: null, visibility: 'public' });
  });

  it('says not modified to whoever has this revision in this representation', async () => {
    const asked = (query: string, tag?: string) =>
      world.send(instance, {
        token: client.token,
        params: { ...world.path, id: 'i-1' },
        query,
        ...(tag !== undefined && { headers: { 'if-none-match': tag } }),
      });
    const { headers } = await asked('');
    const etag = String(headers['etag']);

    const unchanged = await asked('', etag);
    const another = await asked('view=tiny', etag);

    expect(etag).to.equal(`W/"${idOf('i-1')}.1"`);
    expect(unchanged).to.deep.include({ status: 304, text: '' });
    expect(unchanged.headers['etag']).to.equal(etag);
    expect(another.status).to.equal(200);
  });

  it('gives less of it, and the address by the policy of the environment that is named', async () => {
    const ask = async (query: string) => {
      const asked = { token: client.token, params: { ...world.path, id: 'i-1' }, query };
      return JSON.parse((await world.send(instance, asked)).text);
    };
    const environment = { id: 'env_1', organizationId: 'org_1', name: 'e', createdAt: new Date() };
    await world.store.read.environments.create({ ...environment, connectionPolicy: 'public' });

    expect(await ask('fields=cloudId,state')).to.deep.equal({ cloudId: 'i-1', state: 'running' });
    expect(await ask('view=tiny')).to.have.all.keys('id href type cloudId name state region'.split(' '));
    expect(await ask('fields=connectAddress')).to.deep.equal({ connectAddress: '10.0.0.1' });
    expect(await ask('fields=connectAddress&environment=env_1')).to.deep.equal({ connectAddress: null });
    expect(await ask('environment=env_2')).to.include({ code: 'not-found' });
  });

  it('shows what was known at a time, and says since when it is known', async () => {
    const before = new Date(Date.now() - 1_000).toISOString();
    await world.seen([instanceBody('i-past', { name: 'old' })]);
    const between = new Date(Date.now() + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await world.seen([instanceBody('i-past', { name: 'new' })]);
    const asked = { token: client.token, params: { ...world.path, id: 'i-past' } };

    const then = await world.ask(instance, { ...asked, query: `at=${between}` });
    const tooEarly = await world.refusal(instance, { ...asked, query: `at=${before}` });
    const now = await world.ask(instance, asked);

    expect(then).to.include({ name: 'old', revision: 1 });
    expect(now).to.include({ name: 'new', revision: 2 });
    expect(tooEarly).to.include({ code: 'not-found' });
    expect(tooEarly.detail).to.include(now.firstSeenAt);
  });

  it('says what it does not know, also in another region than the one asked for', async () => {
    const { token } = client;

    const unknown = await world.refusal(instance, { token, params: { ...world.path, id: 'i-9' } });
    const elsewhere = await world.refusal(instance, {
      token,
      params: { ...world.path, id: 'i-1' },
      query: 'region=eu-west-1',
    });

    expect(unknown).to.include({ code: 'not-found', status: 404 });
    expect(elsewhere).to.include({ code: 'not-found' });
  });

  it('says when what is deleted was deleted, and where its history is', async () => {
    await world.vanished(idOf('i-dead'));

    const problem = await world.refusal(instance, {
      token: client.token,
      params: { ...world.path, id: 'i-dead' },
    });

    expect(problem).to.include({ code: 'gone', status: 410 });
    expect(problem.last).to.include({ cloudId: 'i-dead', type: 'instance' });
    expect(problem.detail).to.match(/deleted since \d{4}-.*running last.*\/instances\/res_\w+\/history/);
  });

  it('refuses a client that has not proven the account', async () => {
    const { token } = await world.createClient();

    const problem = await world.refusal(instance, { token, params: { ...world.path, id: 'i-1' } });

    expect(problem).to.include({ code: 'account-not-proven' });
  });
});
