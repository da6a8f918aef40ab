import { policyGroupCreateRoute, policyGroupReplaceRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('policy-group-replace', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const create = (name: string) =>
    world.ask(policyGroupCreateRoute, { token: world.adminToken, body: { name, rules: [] } });
  const replace = (group: string, name: string, token = world.adminToken) => ({
    token,
    params: { group },
    body: { name, description: 'new', rules: [{ type: 'csg.actions', service: 'SQS', allow: ['List*'] }] },
  });

  it('puts new rules in place, in a version that the proxies see', async () => {
    const { id, createdAt } = await create('old');

    const replaced = await world.ask(policyGroupReplaceRoute, replace(id, 'new'));

    const rules = [{ type: 'csg.actions', service: 'sqs', allow: ['List*'] }];
    expect(replaced).to.deep.include({ id, name: 'new', description: 'new', rules, createdAt });
    expect((await world.store.read.policyGroups.find(id))?.version).to.equal(2);
    const entry = await steps.lastEntryAbout(id);
    expect(entry).to.deep.include({ action: 'policy-group.replaced' });
    expect(entry?.details).to.deep.equal({ name: 'new', rules });
  });

  it('refuses the name of another group, and unknown services', async () => {
    const { id } = await create('mine');
    await create('other');

    expect((await world.refusal(policyGroupReplaceRoute, replace(id, 'Other'))).code).to.equal('conflict');
    const body = { name: 'mine', rules: [{ type: 'csg.regions', service: 'time-travel', allow: ['x'] }] };
    const problem = await world.refusal(policyGroupReplaceRoute, { ...replace(id, 'mine'), body });
    expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['body.rules.0.service']);
    expect((await world.store.read.policyGroups.find(id))?.version).to.equal(1);
  });

  it('knows nothing of another organization', async () => {
    const { id } = await create('theirs');
    const { token } = await steps.stranger();

    expect((await world.refusal(policyGroupReplaceRoute, replace(id, 'x', token))).code).to.equal(
      'not-found',
    );
  });
});
