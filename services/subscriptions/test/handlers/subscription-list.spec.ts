import { subscriptionCreateRoute, subscriptionListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('subscription-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const create = async ({ token }: TestClient) =>
    (await world.ask(subscriptionCreateRoute, { token, body: {} })).id;
  const list = ({ token }: TestClient, query = '') => world.ask(subscriptionListRoute, { token, query });
  const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

  it('lists what is yours, with clients:manage what is of your organization, page by page', async () => {
    const client = await world.createClient();
    const colleague = await world.createClient({ permissions: ['resources:read', 'clients:manage'] });
    const stranger = await world.createClient({
      permissions: ['resources:read', 'clients:manage'],
      organizationId: 'org_2',
    });
    const mine = [await create(client), await create(client)];
    const theirs = await create(colleague);

    const listed = await list(client);
    expect(idsOf(listed)).to.deep.equal(mine);
    expect(listed.items[0]).to.deep.include({ lag: null, state: 'active' });
    expect(idsOf(await list(colleague))).to.deep.equal([...mine, theirs]);
    expect(idsOf(await list(stranger))).to.deep.equal([]);

    const first = await list(colleague, 'limit=2');
    const second = await list(colleague, `limit=2&cursor=${first.nextCursor}`);
    expect(idsOf(first)).to.deep.equal(mine);
    expect(second).to.deep.include({ nextCursor: null });
    expect(idsOf(second)).to.deep.equal([theirs]);
  });
});
