import { accessRequestListRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const list = async (token: string, query = '') =>
    (await world.ask(accessRequestListRoute, { token, query })).items.map(({ id }) => id);

  it('shows a requester the own ones, and a manager all, newest first, by any filter', async () => {
    const environmentId = await steps.createEnvironment();
    const [anna, bert] = [await world.createClient(), await world.createClient()];
    const first = await steps.requestAccess({
      requester: anna,
      environmentId,
      services: ['dynamodb', 'sqs'],
    });
    const second = await steps.requestAccess({ requester: bert, environmentId, services: ['API Gateway'] });
    const third = await steps.requestIn('approved');

    expect(await list(anna.token)).to.deep.equal([first]);
    expect(await list(world.adminToken)).to.deep.equal([third.id, second, first]);
    expect(await list(world.adminToken, `environment=${environmentId}`)).to.deep.equal([second, first]);
    expect(await list(world.adminToken, 'state=approved')).to.deep.equal([third.id]);
    expect(await list(world.adminToken, `requestedBy=${bert.id}`)).to.deep.equal([second]);
    expect(await list(world.adminToken, 'service=api%20gateway')).to.deep.equal([second]);
    expect(await list(world.adminToken, 'service=none')).to.deep.equal([]);
    expect(await list(anna.token, `requestedBy=${bert.id}`)).to.deep.equal([]);
  });

  it('pages', async () => {
    const environmentId = await steps.createEnvironment();
    const requester = await world.createClient();
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1)
      ids.push(await steps.requestAccess({ requester, environmentId }));
    const { token } = requester;

    const page = await world.ask(accessRequestListRoute, { token, query: 'limit=2' });

    expect(page.items.map(({ id }) => id)).to.deep.equal([ids[2], ids[1]]);
    expect(await list(token, `limit=2&cursor=${page.nextCursor}`)).to.deep.equal([ids[0]]);
  });

  it('shows nothing of another organization', async () => {
    await steps.request();
    const { token } = await steps.stranger();

    expect(await list(token)).to.deep.equal([]);
  });
});
