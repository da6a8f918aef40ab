import {
  accessRequestApproveRoute,
  policyGroupCreateRoute,
  policyGroupListRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('policy-group-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);

  it('lists those of the own organization in pages, with the requests that each governs', async () => {
    const token = world.adminToken;
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      ids.push((await world.ask(policyGroupCreateRoute, { token, body: { name, rules: [] } })).id);
    }
    const requested = await steps.request();
    await world.ask(accessRequestApproveRoute, steps.approve(requested, { policyGroupId: ids[1] }));

    const first = await world.ask(policyGroupListRoute, { token, query: 'limit=2' });
    const second = await world.ask(policyGroupListRoute, {
      token,
      query: `limit=2&cursor=${first.nextCursor}`,
    });

    const items = [...first.items, ...second.items];
    expect(items.map(({ id }) => id)).to.deep.equal([...ids].sort());
    expect(items.find(({ id }) => id === ids[1])?.usedByRequestIds).to.deep.equal([requested.id]);
    const stranger = await steps.stranger();
    expect((await world.ask(policyGroupListRoute, { token: stranger.token })).items).to.deep.equal([]);
  });
});
