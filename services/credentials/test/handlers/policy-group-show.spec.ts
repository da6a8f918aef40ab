import { policyGroupCreateRoute, policyGroupShowRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('policy-group-show', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);

  it('shows a group of the own organization', async () => {
    const token = world.adminToken;
    const rules = [{ type: 'csg.calls_per_minute', max: 10 }];
    const created = await world.ask(policyGroupCreateRoute, { token, body: { name: 'shown', rules } });
    const params = { group: created.id };

    expect(await world.ask(policyGroupShowRoute, { token, params })).to.deep.equal(created);
    const stranger = await steps.stranger();
    const problem = await world.refusal(policyGroupShowRoute, { token: stranger.token, params });
    expect(problem.code).to.equal('not-found');
  });
});
