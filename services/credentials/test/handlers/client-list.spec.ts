import { clientListRoute, organizationCreateRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('client-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('lists the clients of the own organization page by page, and shows no secret', async () => {
    const { id: organizationId } = await world.ask(organizationCreateRoute, {
      token: world.adminToken,
      body: { name: 'elsewhere' },
    });
    const manager = await world.createClient({ organizationId, permissions: ['clients:manage'] });
    const worker = await world.createClient({ organizationId, permissions: [] });

    const first = await world.ask(clientListRoute, { token: manager.token, query: 'limit=1' });
    const query = `limit=1&cursor=${first.nextCursor}`;
    const second = await world.ask(clientListRoute, { token: manager.token, query });

    expect(first.items.map(({ id }) => id)).to.deep.equal([manager.id]);
    expect(second.items.map(({ id }) => id)).to.deep.equal([worker.id]);
    expect(second.nextCursor).to.equal(null);
    expect(JSON.stringify([first, second]))
      .not.to.contain('scrypt')
      .and.not.to.contain(worker.secret);
  });

  it('refuses a client without clients:manage', async () => {
    const { token } = await world.createClient();

    expect((await world.refusal(clientListRoute, { token })).code).to.equal('forbidden');
  });
});
