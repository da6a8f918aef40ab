import { organizationCreateRoute, organizationListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('organization-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
    for (const name of ['a', 'b', 'c']) {
      await world.ask(organizationCreateRoute, { token: world.adminToken, body: { name } });
    }
  });
  after(() => world?.close());

  it('lists page by page, in the order in which they were made', async () => {
    const names: string[] = [];
    let query = 'limit=3';
    for (let pages = 1; ; pages += 1) {
      const page = await world.ask(organizationListRoute, { token: world.adminToken, query });
      names.push(...page.items.map(({ name }) => name));
      if (page.nextCursor === null) {
        expect(pages).to.equal(2);
        break;
      }
      query = `limit=3&cursor=${page.nextCursor}`;
    }

    expect(names).to.deep.equal(['default', 'a', 'b', 'c']);
  });

  it('takes a cursor that it never gave as it comes', async () => {
    const query = `cursor=${encodeURIComponent('ø😀')}`;
    expect((await world.ask(organizationListRoute, { token: world.adminToken, query })).nextCursor).to.equal(
      null,
    );
  });

  it('refuses a client without organizations:manage', async () => {
    const { token } = await world.createClient({ permissions: ['clients:manage'] });

    expect((await world.refusal(organizationListRoute, { token })).code).to.equal('forbidden');
  });
});
