import { cloudCredentialsListRoute, environmentCreateRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('cloud-credentials-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);

  it('lists the own and the global ones in pages, and those of one environment', async () => {
    const environment = await steps.createEnvironment();
    const own = await steps.storeCredentials({ environmentIds: [environment] });
    const shared = await steps.storeCredentials({ scope: 'global' });
    const stranger = await steps.stranger();
    const theirs = await steps.storeCredentials({ token: stranger.token });
    const token = world.adminToken;

    const first = await world.ask(cloudCredentialsListRoute, { token, query: 'limit=1' });
    const second = await world.ask(cloudCredentialsListRoute, { token, query: `cursor=${first.nextCursor}` });
    const linked = await world.ask(cloudCredentialsListRoute, { token, query: `environment=${environment}` });
    const seenByStranger = await world.ask(cloudCredentialsListRoute, { token: stranger.token });

    expect([...first.items, ...second.items].map(({ id }) => id)).to.have.members([own, shared]);
    expect(linked.items.map(({ id }) => id)).to.deep.equal([own]);
    expect(seenByStranger.items.map(({ id }) => id)).to.have.members([shared, theirs]);
  });

  it("shows other organizations' uses of global ones to nobody but who manages organizations", async () => {
    const shared = await steps.storeCredentials({ scope: 'global' });
    const environment = await steps.createEnvironment();
    const { token } = await steps.stranger();
    const { id: theirs } = await world.ask(environmentCreateRoute, { token, body: { name: 'theirs' } });
    for (const id of [environment, theirs]) await world.store.read.environments.link(id, shared, new Date());

    const usedBy = async (asking: string) => {
      const { items } = await world.ask(cloudCredentialsListRoute, { token: asking });
      return items.find(({ id }) => id === shared)?.usedBy.environmentIds;
    };

    expect(await usedBy(token)).to.deep.equal([theirs]);
    expect(await usedBy(world.adminToken)).to.have.members([environment, theirs]);
  });

  it('knows no environment of another organization', async () => {
    const environment = await steps.createEnvironment();
    const { token } = await steps.stranger();

    const problem = await world.refusal(cloudCredentialsListRoute, {
      token,
      query: `environment=${environment}`,
    });

    expect(problem.code).to.equal('not-found');
  });
});
