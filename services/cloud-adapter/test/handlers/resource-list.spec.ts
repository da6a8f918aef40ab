import { resourceListRoute } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { imageBody, instanceBody } from '../bodies.ts';
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
      instanceBody('i-3', { name: 'web' }),
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

  it('refuses an account that belongs to another cloud, and the account of what is published', async () => {
    const elsewhere = { cloud: 'ec2', account: 'openstack-1' };
    const published = { cloud: 'ec2', account: 'ec2-public' };
    const { token } = client;

    expect(await world.refusal(instances, { token, params: elsewhere })).to.include({ code: 'not-found' });
    expect(await world.refusal(instances, { token, params: published })).to.include({
      code: 'account-not-proven',
    });
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
