import {
  accessRequestApproveRoute,
  accessRequestArchiveRoute,
  policyGroupCreateRoute,
  policyGroupDeleteRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { policyGroupDelete } from '../../src/handlers/policy-group-delete.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('policy-group-delete', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const create = async () => {
    const body = { name: mintId('group'), rules: [] };
    return (await world.ask(policyGroupCreateRoute, { token: world.adminToken, body })).id;
  };
  const remove = (group: string, token = world.adminToken) => ({ token, params: { group } });

  it('refuses while a request is governed by it, and deletes it afterwards', async () => {
    const policyGroupId = await create();
    const requested = await steps.request();
    await world.ask(accessRequestApproveRoute, steps.approve(requested, { policyGroupId }));

    const problem = await world.refusal(policyGroupDeleteRoute, remove(policyGroupId));
    const params = { request: requested.id };
    await world.ask(accessRequestArchiveRoute, { token: world.adminToken, params });
    const answer = await world.ask(policyGroupDeleteRoute, remove(policyGroupId));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain(requested.id);
    expect(answer).to.deep.equal({ id: policyGroupId });
    expect(await steps.lastEntryAbout(policyGroupId)).to.deep.include({ action: 'policy-group.deleted' });
    expect((await world.refusal(policyGroupDeleteRoute, remove(policyGroupId))).code).to.equal('not-found');
  });

  it('knows nothing of another organization', async () => {
    const group = await create();
    const { token } = await steps.stranger();

    expect((await world.refusal(policyGroupDeleteRoute, remove(group, token))).code).to.equal('not-found');
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    const { handle } = policyGroupDelete(world);
    const request = repeatedRequest(world.administrator, { params: { group: await create() } });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
  });
});
