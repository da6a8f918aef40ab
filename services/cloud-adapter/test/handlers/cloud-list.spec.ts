import { cloudListRoute } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { startWorld, type World, worldTimeoutMs } from '../start-world.ts';

describe('cloud-list', () => {
  let world: World;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
  });
  after(() => world.close());

  it('tells what each cloud has and can do, without any account proven', async () => {
    const { token } = await world.createClient();

    const { items } = await world.ask(cloudListRoute, { token });

    expect(items.map(({ id, kind, regions }) => ({ id, kind, regions }))).to.deep.equal([
      { id: 'ec2', kind: 'ec2', regions: ['us-east-1', 'eu-west-1'] },
    ]);
    expect(items[0]?.resources.find(({ type }) => type === 'instance')?.calls).to.include('launch');
  });

  it('needs the permission to read resources', async () => {
    const { token } = await world.createClient(['accounts:prove']);

    expect(await world.refusal(cloudListRoute, { token })).to.include({ code: 'forbidden' });
  });
});
