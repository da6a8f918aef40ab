import { environmentListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('environment-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);

  it('lists those of the own organization, in pages, to whoever has a token', async () => {
    const ids = [
      await steps.createEnvironment(),
      await steps.createEnvironment(),
      await steps.createEnvironment(),
    ];
    const credentialId = await steps.storeCredentials({ environmentIds: [ids[1] ?? ''] });
    const { token } = await world.createClient({ permissions: [] });

    const first = await world.ask(environmentListRoute, { token, query: 'limit=2' });
    const second = await world.ask(environmentListRoute, {
      token,
      query: `limit=2&cursor=${first.nextCursor}`,
    });

    const items = [...first.items, ...second.items];
    expect(items.map(({ id }) => id)).to.have.members(ids);
    expect(second.nextCursor).to.equal(null);
    expect(items.find(({ id }) => id === ids[1])?.credentialIds).to.deep.equal([credentialId]);
  });

  it('shows nothing of another organization', async () => {
    await steps.createEnvironment();
    const { token } = await steps.stranger();

    expect((await world.ask(environmentListRoute, { token })).items).to.deep.equal([]);
  });
});
