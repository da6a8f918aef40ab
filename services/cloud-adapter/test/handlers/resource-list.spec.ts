import { resourceListRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { imageBody } from '../image-body.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const instances = resourceListRoute('instance');
const images = resourceListRoute('image');

describe('resource-list', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
    await world.seen([
      instanceBody('i-1', { name: 'web' }),
      instanceBody('i-2', { name: 'db', state: 'stopped', rawState: 'stopped' }),
      instanceBody('i-3', { name: 'web', tags: { env: 'dev', team: '' } }),
    ]);
    await world.seen([instanceBody('i-4')], { region: 'eu-west-1' });
    await world.seen([imageBody('ami-own')]);
    await world.seen([imageBody('ami-public', { visibility: 'public' })], { account: 'ec2-public' });
  });
  after(() => world.close());

  async function idsOf(query: string): Promise<string[]> {
    const { items } = await world.ask(instances, { token: client.token, params: world.path, query });
    return items.map(({ cloudId }) => cloudId);
  }

  it('gives every resource of the account with its record', async () => {
    const { items, nextCursor } = await world.ask(instances, { token: client.token, params: world.path });

    expect(items.map(({ cloudId }) => cloudId)).to.deep.equal(['i-1', 'i-2', 'i-3', 'i-4']);
    expect(items[0]).to.include({ cloud: 'ec2', account: world.account, region: 'us-east-1', revision: 1 });
    expect(items[0]?.href).to.equal(`/v1/clouds/ec2/accounts/${world.account}/instances/${items[0]?.id}`);
    expect(nextCursor).to.equal(null);
  });

  for (const [query, ids] of [
    ['region=eu-west-1', ['i-4']],
    ['state=stopped', ['i-2']],
    ['name=web', ['i-1', 'i-3']],
    ['name=web&region=eu-west-1', []],
    ['tag=env', ['i-3']],
    ['tag=env=dev&tag=team', ['i-3']],
    ['tag=env=dev&tag=none', []],
    ['owner=nobody', []],
    ['updatedSince=2999-01-01T00:00:00Z', []],
    ['sort=-cloudId', ['i-4', 'i-3', 'i-2', 'i-1']],
    ['sort=state', ['i-1', 'i-3', 'i-4', 'i-2']],
  ] as const) {
    it(`filters by ${query}`, async () => {
      expect(await idsOf(query)).to.deep.equal(ids);
    });
  }

  it('gives every resource once over several pages', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 5 && (page === 0 || cursor !== ''); page += 1) {
      const query = `limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { items, nextCursor } = await world.ask(instances, {
        token: client.token,
        params: world.path,
        query,
      });
      seen.push(...items.map(({ cloudId }) => cloudId));
      cursor = nextCursor ?? '';
    }

    expect(seen).to.deep.equal(['i-1', 'i-2', 'i-3', 'i-4']);
  });

  it('says not modified while the page stays the same', async () => {
    const ask = (tag: string, query = '') =>
      world.send(instances, {
        token: client.token,
        params: world.path,
        query,
        headers: { 'if-none-match': tag },
      });
    const { headers } = await ask('"none"');
    const etag = String(headers['etag']);

    expect(await ask(etag)).to.deep.include({ status: 304, text: '' });
    expect((await ask(etag, 'limit=2')).status).to.equal(200);
    expect((await ask(etag, 'view=tiny')).status).to.equal(200);
  });

  it('gives what was known at a time, with the filters that the past has', async () => {
    const at = encodeURIComponent(new Date(Date.now() + 1_000).toISOString());

    expect(await idsOf(`at=${at}&region=us-east-1`)).to.deep.equal(['i-1', 'i-2', 'i-3']);
    expect(await idsOf('at=2001-01-01T00:00:00Z')).to.deep.equal([]);
    const problem = await world.refusal(instances, {
      token: client.token,
      params: world.path,
      query: `at=${at}&name=web&sort=name`,
    });
    expect(problem.errors?.map(({ path }) => path)).to.have.members(['query.name', 'query.sort']);
  });

  it('includes what the cloud publishes to everybody', async () => {
    const { items } = await world.ask(images, { token: client.token, params: world.path });

    expect(items.map(({ cloudId, account, visibility }) => [cloudId, account, visibility])).to.deep.equal([
      ['ami-own', world.account, 'private'],
      ['ami-public', null, 'public'],
    ]);
  });

  it('refuses a client that has not proven the account, also when another one has', async () => {
    const { token } = await world.createClient();

    expect(await world.refusal(instances, { token, params: world.path })).to.include({
      code: 'account-not-proven',
    });
  });

  it('refuses within a second after the account was given up', async () => {
    const other = await world.createClient();
    await world.prove(other);
    await world.ask(instances, { token: other.token, params: world.path });
    await world.store.inTransaction((tx) => tx.grants.remove(other.id, world.account));

    const problem = await eventually(
      () => world.refusal(instances, { token: other.token, params: world.path }),
      {
        timeoutMs: 1_500,
      },
    );

    expect(problem).to.include({ code: 'account-not-proven' });
  });

  it('opens the account of what is published to whoever has proven an account of that cloud', async () => {
    const published = { cloud: 'ec2', account: 'ec2-public' };
    const stranger = await world.createClient();

    const { items } = await world.ask(images, { token: client.token, params: published });
    const refused = await world.refusal(images, { token: stranger.token, params: published });

    expect(items.map(({ cloudId }) => cloudId)).to.deep.equal(['ami-public']);
    expect(refused).to.include({ code: 'account-not-proven' });
  });

  it('refuses an account that belongs to another cloud', async () => {
    const params = { cloud: 'ec2', account: 'openstack-1' };

    const problem = await world.refusal(instances, { token: client.token, params });

    expect(problem).to.include({ code: 'not-found' });
  });

  it('refuses a cursor that it has not given', async () => {
    const problem = await world.refusal(instances, {
      token: client.token,
      params: world.path,
      query: 'cursor=made-up',
    });

    expect(problem).to.deep.include({ code: 'validation-failed' });
    expect(problem.errors?.[0]?.path).to.equal('query.cursor');
  });
});
