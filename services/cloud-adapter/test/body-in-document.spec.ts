import { resourceCreateRoute, resourceUpdateRoute } from '@cloud-gateway/contracts';
import { resourceIdOf } from '@cloud-gateway/store';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from './start-world.ts';

describe('bodyInDocument', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());

  it('keeps the gateway’s record out of what is stored, when the cloud does not show it yet', async () => {
    const { cloudId } = await world.change<'security-group'>(resourceCreateRoute('security-group'), {
      token: client.token,
      params: world.path,
      body: { region: 'us-east-1', name: 'lagging', description: 'seen late' },
    });
    world.simulator.setLagMs(3_600_000);
    try {
      await world.change<'security-group'>(resourceUpdateRoute('security-group'), {
        token: client.token,
        params: { ...world.path, id: cloudId },
        body: { tags: { team: 'blue' } },
      });
    } finally {
      world.simulator.setLagMs(0);
    }

    const { cloud, account } = world.path;
    const id = resourceIdOf({ cloud, account, region: 'us-east-1' }, { type: 'security-group', cloudId });
    const stored = (await world.store.read.resources.known([id])).get(id);
    expect(stored?.body.tags).to.include({ team: 'blue' });
    expect(stored?.body).not.to.have.any.keys('id', 'sequence', 'revision', 'observedAt');
  });
});
