import { resourceRefreshRoute, resourceShowRoute } from '@cloud-gateway/contracts';
import { instanceBody } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const refresh = resourceRefreshRoute('instance');
const show = resourceShowRoute('instance');

describe('resource-refresh', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());

  const place = { accountId: '111111111111', region: 'us-east-1' };
  const asked = (id: string, query = '') => ({
    token: client.token,
    params: { ...world.path, id },
    query,
  });

  it('answers what the cloud says now, which is in the store then', async () => {
    const { id, cloudId } = await world.runningInstance();
    world.simulator.tagDirectly({ ...place, resourceIds: [cloudId], tags: { Name: 'renamed' } });

    const refreshed = await world.ask(refresh, asked(id));
    const shown = await world.ask(show, asked(id));

    expect(refreshed).to.include({ id, name: 'renamed' });
    expect(shown).to.deep.equal(refreshed);
  });

  it("finds by the cloud's own id what no listing has shown yet", async () => {
    const [cloudId = ''] = world.simulator.createInstanceDirectly(place).instanceIds;

    const noRegion = await world.refusal(refresh, asked(cloudId));
    const found = await world.ask(refresh, asked(cloudId, 'region=us-east-1'));

    expect(noRegion.errors?.[0]?.path).to.equal('query.region');
    expect(found).to.include({ cloudId, region: 'us-east-1', revision: 1 });
    expect(await world.ask(show, asked(cloudId))).to.deep.equal(found);
  });

  it('removes nothing because of one look, and says that the cloud does not show it', async () => {
    await world.seen([instanceBody('i-0123456789abcdef0')]);

    const problem = await world.refusal(refresh, asked('i-0123456789abcdef0'));
    const unknown = await world.refusal(refresh, asked('i-0123456789abcdef1', 'region=us-east-1'));

    expect(problem).to.include({ code: 'cloud-not-found' });
    expect(unknown).to.include({ code: 'cloud-not-found' });
    expect(await world.ask(show, asked('i-0123456789abcdef0'))).to.include({ deletedAt: null });
  });

  it('knows what is deleted', async () => {
    const { id } = await world.runningInstance();
    await world.vanished(id);

    expect(await world.refusal(refresh, asked(id))).to.include({ code: 'gone' });
  });
});
