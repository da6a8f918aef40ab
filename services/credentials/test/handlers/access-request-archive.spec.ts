import { accessRequestArchiveRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-archive', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const archive = (request: string, token = world.adminToken) => ({ token, params: { request } });

  it('ends access straight from active', async () => {
    const { id } = await steps.requestIn('active');

    const archived = await world.ask(accessRequestArchiveRoute, archive(id));

    expect(archived).to.deep.include({
      state: 'archived',
      legalActions: [],
      endedBy: world.administrator.clientId,
      endReason: null,
    });
    const key = await world.store.read.accessKeys.find(archived.accessKeyId ?? '');
    expect(key?.state).to.equal('archived');
  });

  it('knows nothing of another organization', async () => {
    const { id } = await steps.request();
    const { token } = await steps.stranger();

    expect((await world.refusal(accessRequestArchiveRoute, archive(id, token))).code).to.equal('not-found');
  });
});
