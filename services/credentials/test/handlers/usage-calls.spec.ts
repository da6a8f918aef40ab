import { usageCallsRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';
import { storeCalls } from '../store-calls.ts';

describe('usage-calls', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('lists calls newest first, in pages; without usage:read the own ones', async () => {
    const [anna, bert] = [await world.createClient(), await world.createClient()];
    const { organizationId } = world.administrator;
    await storeCalls(world.store, { organizationId, userId: anna.id, service: 'sqs', calls: 3 });
    await storeCalls(world.store, { organizationId, userId: bert.id, service: 'sqs', calls: 2 });
    await storeCalls(world.store, { organizationId: 'org_other', userId: anna.id, service: 'sqs', calls: 4 });
    const list = (token: string, query = '') => world.ask(usageCallsRoute, { token, query });

    const all = await list(world.adminToken);
    const own = await list(anna.token);
    const first = await list(anna.token, 'limit=2');
    const second = await list(anna.token, `limit=2&cursor=${first.nextCursor}`);

    expect(all.items).to.have.length(5);
    expect(all.items.map(({ at }) => at)).to.deep.equal(
      all.items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(own.items.map(({ user }) => user)).to.deep.equal([anna.id, anna.id, anna.id]);
    expect([...first.items, ...second.items]).to.deep.equal(own.items);
    expect(own.items[0]).not.to.have.property('organizationId');
    expect((await list(anna.token, `user=${bert.id}`)).items).to.deep.equal([]);
    expect((await list(world.adminToken, 'outcome=refused')).items).to.deep.equal([]);
  });
});
